package io.hotpod.template.schema;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns a value into the type of its property by Heat's rules: integers and numbers come of text,
 * text of booleans and integers, booleans only of {@code true} and {@code false}, maps and lists of
 * nothing else unless the property is {@linkplain PropertyFlag#CONVERTIBLE convertible}.
 */
final class Coercion {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONGEST_SHOWN = 60;

  private final PropertyDefinition definition;

  Coercion(PropertyDefinition definition) {
    this.definition = definition;
  }

  /**
   * Coerces one value.
   *
   * @param value not null, unless the property takes anything
   */
  JsonNode of(JsonNode value) throws UnfitValueException {
    return switch (definition.type()) {
      case ANY -> value;
      case STRING -> string(value);
      case INTEGER -> integer(value);
      case NUMBER -> number(value);
      case BOOLEAN -> bool(value);
      case MAP -> map(value);
      case LIST -> list(value);
    };
  }

  private JsonNode string(JsonNode value) throws UnfitValueException {
    if (value.isString()) {
      return value;
    }
    if (value.isBoolean()) {
      // Heat is written in Python and shows its booleans so.
      return NODES.stringNode(value.booleanValue() ? "True" : "False");
    }
    if (value.isIntegralNumber()) {
      return NODES.stringNode(value.bigIntegerValue().toString());
    }
    throw new UnfitValueException("Value must be a string; got " + shown(value));
  }

  private JsonNode integer(JsonNode value) throws UnfitValueException {
    if (value.isIntegralNumber()) {
      return value;
    }
    if (value.isBoolean()) {
      return NODES.numberNode(value.booleanValue() ? 1 : 0);
    }
    if (value.isNumber()) {
      // What int() does: the fraction goes.
      return PythonNumbers.narrow(value.decimalValue().toBigInteger());
    }
    if (value.isString() && PythonNumbers.integer(value.stringValue()).isPresent()) {
      return PythonNumbers.integer(value.stringValue()).orElseThrow();
    }
    throw new UnfitValueException("Value '" + shown(value) + "' is not an integer");
  }

  private JsonNode number(JsonNode value) throws UnfitValueException {
    if (value.isNumber()) {
      return value;
    }
    if (value.isBoolean()) {
      return NODES.numberNode(value.booleanValue() ? 1 : 0);
    }
    if (value.isString() && PythonNumbers.number(value.stringValue()).isPresent()) {
      return PythonNumbers.number(value.stringValue()).orElseThrow();
    }
    throw new UnfitValueException("Value '" + shown(value) + "' is not a number");
  }

  private JsonNode bool(JsonNode value) throws UnfitValueException {
    if (value.isBoolean()) {
      return value;
    }
    if (value.isString()) {
      String word = value.stringValue().toLowerCase(Locale.ROOT);
      if (word.equals("true") || word.equals("false")) {
        return NODES.booleanNode(word.equals("true"));
      }
    }
    throw new UnfitValueException("\"" + shown(value) + "\" is not a valid boolean");
  }

  private JsonNode map(JsonNode value) throws UnfitValueException {
    if (value.isObject()) {
      return value;
    }
    if (convertible() && value.isString()) {
      return value;
    }
    if (convertible() && value.isArray()) {
      return NODES.stringNode(value.toString());
    }
    throw new UnfitValueException("\"" + shown(value) + "\" is not a map");
  }

  private JsonNode list(JsonNode value) throws UnfitValueException {
    if (value.isArray()) {
      return value;
    }
    if (convertible() && value.isString()) {
      ArrayNode items = NODES.arrayNode();
      if (!value.stringValue().isEmpty()) {
        for (String item : value.stringValue().split(",", -1)) {
          items.add(item);
        }
      }
      return items;
    }
    throw new UnfitValueException("\"" + shown(value) + "\" is not a list");
  }

  private boolean convertible() {
    return definition.flags().contains(PropertyFlag.CONVERTIBLE);
  }

  private String shown(JsonNode value) {
    if (definition.hidden()) {
      return "******";
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
