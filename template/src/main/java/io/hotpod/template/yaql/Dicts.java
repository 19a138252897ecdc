package io.hotpod.template.yaql;

import java.util.LinkedHashMap;
import java.util.Map;

/** What several functions do with dicts. */
final class Dicts {
  private Dicts() {}

  /** The value of a key that must be there. */
  static Value get(Value.Dict dict, Value key) {
    refuseUnhashable(key);
    Value value = dict.entries().get(key);
    if (value == null) {
      String name = key instanceof Value.Text(String text) ? Texts.shortened(text) : key.kind();
      throw new Failure(
          "there is no key \"%s\"%s"
              .formatted(name, Evaluator.advice(name, dict).map(word -> "; " + word).orElse("")));
    }
    return value;
  }

  static Value get(Value.Dict dict, Value key, Value otherwise) {
    refuseUnhashable(key);
    return dict.entries().getOrDefault(key, otherwise);
  }

  static void put(Map<Value, Value> entries, Value key, Value value, Work work) {
    refuseUnhashable(key);
    work.spend(1 + key.weight());
    entries.put(key, value);
  }

  static Map<Value, Value> copy(Value.Dict dict, Work work) {
    work.spend(dict.size());
    return new LinkedHashMap<>(dict.entries());
  }

  static void refuseUnhashable(Value key) {
    if (!key.isHashable()) {
      throw new Failure(
          key.kind()
              + " that a function made cannot be a key or a member of a set; toList() or a"
              + " literal can");
    }
  }
}
