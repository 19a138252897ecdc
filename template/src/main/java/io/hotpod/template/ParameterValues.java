package io.hotpod.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns what people give for a parameter into a value of its type, as leniently as Heat. */
final class ParameterValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Longer ones cost more than linear time to convert, and nobody means them. */
  private static final int LONGEST_NUMBER = 400;

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Set<String> TRUE = Set.of("t", "true", "on", "y", "yes", "1");
  private static final Set<String> FALSE = Set.of("f", "false", "off", "n", "no", "0");

  private ParameterValues() {}

  /** The value in the parameter's type: a string, number, list of strings, boolean, or any JSON. */
  static JsonNode convert(ParameterType type, JsonNode given) throws ParameterValueException {
    return switch (type) {
      case STRING -> string(given);
      case NUMBER -> number(given);
      case COMMA_DELIMITED_LIST -> list(given);
      case JSON -> json(given);
      case BOOLEAN -> bool(given);
    };
  }

  /**
   * The same value with doubles for all its fractions, however they were given: what is computed
   * with a decimal such as {@code 1e100000000} would not end.
   */
  static JsonNode bounded(JsonNode given) throws ParameterValueException {
    return switch (given) {
      case ObjectNode object -> {
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          copy.set(entry.getKey(), bounded(entry.getValue()));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode item : array) {
          copy.add(bounded(item));
        }
        yield copy;
      }
      default -> given.isFloatingPointNumber() ? fraction(given) : given;
    };
  }

  private static JsonNode fraction(JsonNode given) throws ParameterValueException {
    double value = given.numberValue().doubleValue();
    if (!Double.isFinite(value)) {
      throw new ParameterValueException("a number is too large");
    }
    return NODES.numberNode(value);
  }

  /** What stands for a value that is not given yet. */
  static JsonNode zero(ParameterType type) {
    return switch (type) {
      case STRING -> NODES.stringNode("");
      case NUMBER -> NODES.numberNode(0);
      case COMMA_DELIMITED_LIST -> NODES.arrayNode();
      case JSON -> NODES.objectNode();
      case BOOLEAN -> NODES.booleanNode(false);
    };
  }

  /** Anything can be a text. */
  private static JsonNode string(JsonNode given) {
    return given.isString() ? given : NODES.stringNode(PythonText.strOfAny(given));
  }

  private static JsonNode number(JsonNode given) throws ParameterValueException {
    if (given.isNumber()) {
      return given;
    }
    String text = given.isString() ? given.stringValue().strip() : "";
    if (text.length() <= LONGEST_NUMBER) {
      if (INTEGER.matcher(text).matches()) {
        return integer(new BigInteger(text.replace("_", "")));
      }
      if (FLOAT.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
        return NODES.numberNode(Double.parseDouble(text));
      }
    }
    throw new ParameterValueException("Value must be a number");
  }

  /** The narrowest node, so that equal numbers are equal nodes. */
  private static JsonNode integer(BigInteger value) {
    if (value.bitLength() > 63) {
      return NODES.numberNode(value);
    }
    long number = value.longValueExact();
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  private static JsonNode list(JsonNode given) throws ParameterValueException {
    ArrayNode items = NODES.arrayNode();
    if (given.isArray()) {
      for (JsonNode item : given) {
        items.add(PythonText.strOfAny(item));
      }
      return items;
    }
    if (!given.isString()) {
      throw new ParameterValueException("Value must be a comma-delimited list string");
    }
    if (!given.stringValue().isEmpty()) {
      for (String item : given.stringValue().split(",", -1)) {
        items.add(item);
      }
    }
    return items;
  }

  private static JsonNode json(JsonNode given) throws ParameterValueException {
    if (!given.isString() || given.stringValue().isEmpty()) {
      return given;
    }
    JsonNode value;
    try {
      value = JsonMapper.shared().readTree(given.stringValue());
    } catch (JacksonException refused) {
      // The parser's own words would quote the value, which may be secret.
      throw new ParameterValueException(
          "Value must be valid JSON: it breaks off at line %d column %d"
              .formatted(refused.getLocation().getLineNr(), refused.getLocation().getColumnNr()));
    }
    if (value.isMissingNode()) {
      throw new ParameterValueException("Value must be valid JSON: it is blank");
    }
    try {
      return bounded(value);
    } catch (ParameterValueException unbounded) {
      throw new ParameterValueException("Value must be valid JSON: " + unbounded.reason());
    }
  }

  private static JsonNode bool(JsonNode given) throws ParameterValueException {
    if (given.isBoolean()) {
      return given;
    }
    String text = given.isContainer() ? "" : PythonText.str(given).strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return NODES.booleanNode(TRUE.contains(text));
    }
    throw new ParameterValueException(
        "Unrecognized value, acceptable values are: 0, 1, f, false, n, no, off, on, t, true, y,"
            + " yes");
  }
}
