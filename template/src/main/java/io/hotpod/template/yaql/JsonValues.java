package io.hotpod.template.yaql;

import io.hotpod.template.python.PythonFloat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON to values and back. For one evaluation and one thread. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Readers of JSON take no longer numbers. */
  private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(999);

  private final Work work;

  JsonValues(Work work) {
    this.work = work;
  }

  Value read(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> Value.Null.NULL;
      case BOOLEAN -> Value.Bool.of(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new Value.Int(node.bigIntegerValue())
              : new Value.Real(node.doubleValue());
      case STRING -> new Value.Text(node.stringValue());
      case ARRAY -> {
        work.enter();
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(read(item)));
        work.leave();
        yield Value.Sequence.tuple(items);
      }
      case OBJECT -> {
        work.enter();
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          entries.put(new Value.Text(entry.getKey()), read(entry.getValue()));
        }
        work.leave();
        yield Value.Dict.frozen(entries);
      }
      case BINARY, POJO -> throw new Failure("the data is not JSON");
    };
  }

  JsonNode write(Value value) {
    return switch (value) {
      case Value.Null _ -> NODES.nullNode();
      case Value.Bool(boolean flag) -> NODES.booleanNode(flag);
      case Value.Int(BigInteger whole) -> whole(whole);
      case Value.Real(double real) -> {
        if (!Double.isFinite(real)) {
          throw new Failure("the result holds " + PythonFloat.repr(real) + ", which JSON has not");
        }
        yield NODES.numberNode(real);
      }
      case Value.Text(String text) -> {
        work.spend(1L + text.length() / 8);
        yield NODES.stringNode(text);
      }
      case Value.Dict dict -> object(dict);
      case Value.Sequence _, Value.SetOf _, Value.Stream _ -> array(value);
      case Value.Pattern _, Value.Names _, Value.Rule _, Value.Lambda _ ->
          throw new Failure("the result holds " + value.kind() + ", which JSON has not");
    };
  }

  private static JsonNode whole(BigInteger value) {
    if (value.abs().compareTo(TOO_LARGE) >= 0) {
      throw new Failure("the result holds an integer of a thousand digits or more");
    }
    if (value.bitLength() < Integer.SIZE) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private JsonNode array(Value collection) {
    work.enter();
    ArrayNode array = NODES.arrayNode();
    Iterator<Value> items = Sequences.each(collection, work);
    while (items.hasNext()) {
      work.spend(1);
      array.add(write(items.next()));
    }
    work.leave();
    return array;
  }

  private JsonNode object(Value.Dict dict) {
    work.enter();
    work.refuseElements(dict.size());
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
      work.spend(1);
      object.set(key(entry.getKey()), write(entry.getValue()));
    }
    work.leave();
    return object;
  }

  /** Keys other than strings become such, as Python's JSON writes them. */
  private static String key(Value key) {
    return switch (key) {
      case Value.Text(String text) -> text;
      case Value.Null _ -> "null";
      case Value.Bool(boolean flag) -> flag ? "true" : "false";
      case Value.Numeric number -> Numbers.text(number);
      default ->
          throw new Failure("the result has " + key.kind() + " as a key, which JSON has not");
    };
  }
}
