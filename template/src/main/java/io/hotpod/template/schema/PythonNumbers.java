package io.hotpod.template.schema;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Text read as Python's {@code int()} and {@code float()} read it, which is what Heat does. */
final class PythonNumbers {
  /** Python itself refuses to read longer integers. */
  private static final int MOST_DIGITS = 4300;

  // Only applied to texts of bounded length, and neither can backtrack into itself.
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++(?:_[0-9]++)*+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(?:[0-9]++(?:_[0-9]++)*+\\.?(?:[0-9]++(?:_[0-9]++)*+)?|\\.[0-9]++(?:_[0-9]++)*+)"
              + "(?:[eE][+-]?[0-9]++(?:_[0-9]++)*+)?");

  private PythonNumbers() {}

  static Optional<JsonNode> integer(String given) {
    String text = given.strip();
    if (text.length() > MOST_DIGITS || !INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(narrow(new BigInteger(text.replace("_", ""))));
  }

  /** Infinity and not-a-number are refused, because no JSON can hold them. */
  static Optional<JsonNode> number(String given) {
    Optional<JsonNode> whole = integer(given);
    String text = given.strip();
    if (whole.isPresent() || text.length() > MOST_DIGITS || !FLOAT.matcher(text).matches()) {
      return whole;
    }
    double value = Double.parseDouble(text.replace("_", ""));
    return Double.isFinite(value)
        ? Optional.of(JsonNodeFactory.instance.numberNode(value))
        : Optional.empty();
  }

  /** The narrowest node, so that equal numbers are equal nodes. */
  static JsonNode narrow(BigInteger value) {
    if (value.bitLength() > 63) {
      return JsonNodeFactory.instance.numberNode(value);
    }
    long number = value.longValueExact();
    return number == (int) number
        ? JsonNodeFactory.instance.numberNode((int) number)
        : JsonNodeFactory.instance.numberNode(number);
  }
}
