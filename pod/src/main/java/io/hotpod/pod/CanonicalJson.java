package io.hotpod.pod;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One text for equal values: keys sorted, no white space, numbers without superfluous digits. */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical text of a value. Keys are in the order of their UTF-16 code units; {@code 1},
   * {@code 1.0} and {@code 1e0} are one number; a null is a value of its own, other than a key that
   * is not there. The text is itself JSON. Never changes from release to release: digests and
   * tokens on the disks of instances were made from it.
   *
   * @param value any JSON value; other nodes of Jackson, such as binary ones, are not for this
   */
  public static String write(JsonNode value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private static void append(JsonNode value, StringBuilder text) {
    if (value.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      value.propertyStream().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      text.append('{');
      String separator = "";
      for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
        text.append(separator);
        JsonStrings.quote(entry.getKey(), text);
        text.append(':');
        append(entry.getValue(), text);
        separator = ",";
      }
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      String separator = "";
      for (JsonNode item : value) {
        text.append(separator);
        append(item, text);
        separator = ",";
      }
      text.append(']');
    } else if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
    } else if (value.isString()) {
      JsonStrings.quote(value.stringValue(), text);
    } else {
      text.append(value.asString("null"));
    }
  }

  private static final class JsonStrings {
    static void quote(String value, StringBuilder text) {
      text.append('"');
      text.append(tools.jackson.core.io.JsonStringEncoder.getInstance().quoteAsCharArray(value));
      text.append('"');
    }
  }
}
