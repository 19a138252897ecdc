package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions that make dicts, and look into them. */
final class DictFunctions {
  private DictFunctions() {}

  static void register(Library library) {
    library
        .function("dict", "!*args: rule", call -> frozen(call, Map.of(), call.rest()))
        .function("dict", "!items: iterable", DictFunctions::fromPairs)
        .method(
            "toDict",
            "collection: iterable, keySelector: lambda, valueSelector: lambda = null",
            DictFunctions::toDict)
        .operator("[]", "dict: dict, key: any?", call -> Dicts.get(call.dict(0), call.value(1)))
        .operator("[]", "dict: dict, key: any?, default: any?", DictFunctions::get)
        .method("get", "dict: dict, key: any?, default: any? = null", DictFunctions::get)
        .method(
            "set",
            "!dict: dict, *args: rule",
            call -> frozen(call, call.dict(0).entries(), call.rest()))
        .method("set", "!dict: dict, replacements: dict", call -> merged(call, 0, 1))
        .method(
            "set",
            "!dict: dict, key: any?, value: any?",
            call ->
                frozen(
                    call,
                    call.dict(0).entries(),
                    List.of(new Value.Rule(call.value(1), call.value(2)))))
        .method("keys", "dict: dict", call -> keys(call.dict(0)))
        .method("values", "dict: dict", call -> new Reopened(call.dict(0).entries().values()))
        .method("items", "dict: dict", DictFunctions::items)
        .method("containsKey", "dict: dict, key: any?", DictFunctions::containsKey)
        .method("containsValue", "dict: dict, value: any?", DictFunctions::containsValue)
        .operator("+", "left: dict, right: dict", call -> merged(call, 0, 1))
        .method("delete", "dict: dict, *keys: any?", call -> without(call, call.rest().iterator()))
        .method("deleteAll", "dict: dict, keys: iterable", call -> without(call, call.each(1)))
        .both("len", "dict: dict", call -> ListFunctions.size(call.value(0)))
        .function(
            "isDict", "arg: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Dict));
  }

  private static Value containsKey(Call call) {
    Dicts.refuseUnhashable(call.value(1));
    return Value.Bool.of(call.dict(0).entries().containsKey(call.value(1)));
  }

  private static Value get(Call call) {
    return Dicts.get(call.dict(0), call.value(1), call.value(2));
  }

  private static Value frozen(Call call, Map<Value, Value> base, List<Value> rules) {
    call.work().spend(base.size());
    Map<Value, Value> entries = new LinkedHashMap<>(base);
    for (Value entry : rules) {
      Value.Rule rule = (Value.Rule) entry;
      Dicts.put(entries, rule.source(), rule.destination(), call.work());
    }
    return Value.Dict.frozen(entries);
  }

  private static Value fromPairs(Call call) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    Iterator<Value> items = call.each(0);
    while (items.hasNext()) {
      Value item = items.next();
      if (!Sequences.isIterable(item)) {
        throw new Failure("dict() takes pairs of a key and a value, not " + item.kind());
      }
      Iterator<Value> pair =
          item instanceof Value.Stream stream
              ? stream.open()
              : ((Value.Sized) item).members().iterator();
      Dicts.put(entries, part(pair), part(pair), call.work());
    }
    return Value.Dict.frozen(entries);
  }

  private static Value part(Iterator<Value> pair) {
    if (!pair.hasNext()) {
      throw new Failure("dict() takes pairs of a key and a value; one is too short");
    }
    return pair.next();
  }

  private static Value toDict(Call call) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    Iterator<Value> items = call.each(0);
    while (items.hasNext()) {
      Value item = items.next();
      Value key = call.lambda(1).call(item);
      Value value = call.optionalLambda(2).map(selector -> selector.call(item)).orElse(item);
      Dicts.put(entries, key, value, call.work());
      call.work().refuseBytes(64 + 32L * entries.size());
    }
    return Value.Dict.plain(entries);
  }

  static Value merged(Call call, int left, int right) {
    Map<Value, Value> entries = Dicts.copy(call.dict(left), call.work());
    call.dict(right).entries().forEach((key, value) -> Dicts.put(entries, key, value, call.work()));
    return Value.Dict.frozen(entries);
  }

  private static Value keys(Value.Dict dict) {
    return Value.SetOf.view(dict.entries().keySet());
  }

  private static Value items(Call call) {
    call.work().spend(call.dict(0).size());
    Set<Value> items = new LinkedHashSet<>();
    call.dict(0)
        .entries()
        .forEach((key, value) -> items.add(Value.Sequence.tuple(List.of(key, value))));
    return Value.SetOf.view(items);
  }

  private static Value containsValue(Call call) {
    Iterator<Value> values = call.dict(0).entries().values().iterator();
    return Value.Bool.of(Comparisons.contains(call, values, call.value(1)));
  }

  private static Value without(Call call, Iterator<Value> keys) {
    Map<Value, Value> entries = Dicts.copy(call.dict(0), call.work());
    while (keys.hasNext()) {
      Value key = keys.next();
      Dicts.refuseUnhashable(key);
      entries.remove(key);
    }
    return Value.Dict.plain(entries);
  }
}
