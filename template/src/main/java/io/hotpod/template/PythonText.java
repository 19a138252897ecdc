package io.hotpod.template;

import io.hotpod.template.python.PythonFloat;
import io.hotpod.template.python.PythonQuotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Values as Python writes them, because Heat's users see them so: {@code str(value)} and {@code
 * json.dumps(value)}.
 */
final class PythonText {
  private PythonText() {}

  /** {@code str()} of a scalar; null is {@code None}. */
  static String str(JsonNode scalar) {
    return switch (scalar.getNodeType()) {
      case BOOLEAN -> scalar.booleanValue() ? "True" : "False";
      case NULL, MISSING -> "None";
      case NUMBER -> number(scalar);
      case STRING -> scalar.stringValue();
      case ARRAY, OBJECT, BINARY, POJO -> json(scalar, false);
    };
  }

  /** {@code str()} of anything: a map or list as {@code repr()} writes it. */
  static String strOfAny(JsonNode value) {
    return value.isContainer() ? repr(value) : str(value);
  }

  private static String repr(JsonNode value) {
    if (value.isString()) {
      return PythonQuotes.repr(value.stringValue());
    }
    if (value.isArray()) {
      return value.valueStream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value.isObject()) {
      return value
          .propertyStream()
          .map(entry -> PythonQuotes.repr(entry.getKey()) + ": " + repr(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return str(value);
  }

  /** {@code json.dumps()}: a blank after commas and colons, nothing beyond ASCII. */
  static String json(JsonNode value, boolean sortKeys) {
    StringBuilder text = new StringBuilder();
    append(value, sortKeys, text);
    return text.toString();
  }

  private static void append(JsonNode value, boolean sortKeys, StringBuilder text) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(value.properties());
        if (sortKeys) {
          entries.sort(Comparator.comparing(Map.Entry::getKey));
        }
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> entry : entries) {
          text.append(separator);
          quote(entry.getKey(), text);
          text.append(": ");
          append(entry.getValue(), sortKeys, text);
          separator = ", ";
        }
        text.append('}');
      }
      case ARRAY -> {
        text.append('[');
        String separator = "";
        for (JsonNode item : value) {
          text.append(separator);
          append(item, sortKeys, text);
          separator = ", ";
        }
        text.append(']');
      }
      case STRING -> quote(value.stringValue(), text);
      case NUMBER -> text.append(number(value));
      case BOOLEAN -> text.append(value.booleanValue());
      case NULL, MISSING -> text.append("null");
      case BINARY, POJO -> throw new IllegalArgumentException("not a JSON value: " + value);
    }
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\f' -> text.append("\\f");
        case '\b' -> text.append("\\b");
        default -> {
          if (c >= ' ' && c <= '~') {
            text.append(c);
          } else {
            text.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              text.append(Character.forDigit((c >> shift) & 0xf, 16));
            }
          }
        }
      }
    }
    text.append('"');
  }

  private static String number(JsonNode number) {
    return number.isIntegralNumber()
        ? number.bigIntegerValue().toString()
        : PythonFloat.repr(number.doubleValue());
  }
}
