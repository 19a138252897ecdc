package io.hotpod.document;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a YAML 1.1 scalar means: the implicit types of PyYAML's safe loader without timestamps. The
 * patterns are those of PyYAML's resolver, which differ from the YAML 1.1 type repository in small
 * ways ({@code 1e5} is text, {@code 1.e+5} is not; {@code y} and {@code n} are text).
 */
final class YamlScalars {
  /** No number that anybody means is longer, and conversion costs more than linear time. */
  private static final int LONGEST_NUMBER = 1000;

  /** Written with its sign, one from here on is longer. */
  private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(LONGEST_NUMBER - 1);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)"
              + "|\\.(?:nan|NaN|NAN)");

  private static final Pattern INTEGER =
      Pattern.compile(
          "[-+]?0b[0-1_]+"
              + "|[-+]?0[0-7_]+"
              + "|[-+]?(?:0|[1-9][0-9_]*)"
              + "|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");

  private YamlScalars() {}

  static boolean isMergeKey(ScalarEvent key) {
    return key.isPlain() && key.getValue().equals("<<") && key.getTag().isEmpty();
  }

  static JsonNode text(String text) {
    return NODES.stringNode(text);
  }

  static String unknownTag(String tag) {
    String shown =
        tag.startsWith("tag:yaml.org,2002:")
            ? "!!" + tag.substring("tag:yaml.org,2002:".length())
            : tag;
    return "the tag " + shown + " is not known here";
  }

  /**
   * The value of a scalar.
   *
   * @param tag as written; empty to go by the text
   * @param plain whether it stood without quotes
   */
  static JsonNode resolve(String text, Optional<String> tag, boolean plain)
      throws UnreadableScalarException {
    // A lone ! leaves the type open, as PyYAML reads it.
    if (tag.isEmpty() || tag.equals(Optional.of("!"))) {
      return plain ? implicit(text) : text(text);
    }
    String name = tag.orElseThrow();
    JsonNode value =
        switch (name) {
          case "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp" -> text(text);
          case "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null" ->
              implicit(text);
          case "tag:yaml.org,2002:float" -> {
            JsonNode number = implicit(text);
            yield number.isNumber() ? finite(number.numberValue().doubleValue(), text) : number;
          }
          default -> throw new UnreadableScalarException(unknownTag(name));
        };
    boolean fits =
        switch (name) {
          case "tag:yaml.org,2002:int" -> value.isIntegralNumber();
          case "tag:yaml.org,2002:float" -> value.isNumber();
          case "tag:yaml.org,2002:bool" -> value.isBoolean();
          case "tag:yaml.org,2002:null" -> value.isNull();
          default -> true;
        };
    if (!fits) {
      throw new UnreadableScalarException(
          "this is tagged !!"
              + name.substring(name.lastIndexOf(':') + 1)
              + " but does not read so");
    }
    return value;
  }

  private static JsonNode implicit(String text) throws UnreadableScalarException {
    if (text.isEmpty()) {
      return NODES.nullNode();
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return text.length() > LONGEST_NUMBER ? text(text) : number(text);
    }
    return switch (text) {
      case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> NODES.booleanNode(true);
      case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" ->
          NODES.booleanNode(false);
      case "~", "null", "Null", "NULL" -> NODES.nullNode();
      default -> text(text);
    };
  }

  private static JsonNode number(String text) throws UnreadableScalarException {
    if (FLOAT.matcher(text).matches()) {
      return floating(text);
    }
    return INTEGER.matcher(text).matches() ? integer(text) : text(text);
  }

  private static JsonNode floating(String text) throws UnreadableScalarException {
    String digits = text.replace("_", "");
    double value;
    if (digits.indexOf(':') >= 0) {
      boolean negative = digits.startsWith("-");
      double sum = 0;
      for (String part : unsigned(digits).split(":", -1)) {
        sum = sum * 60 + Double.parseDouble(part);
      }
      value = negative ? -sum : sum;
    } else if (Character.isLetter(digits.charAt(digits.length() - 1))) {
      value = Double.NaN;
    } else {
      value = Double.parseDouble(digits);
    }
    return finite(value, text);
  }

  private static JsonNode finite(double value, String text) throws UnreadableScalarException {
    if (!Double.isFinite(value)) {
      throw new UnreadableScalarException(
          text + " is not a number that JSON can carry; quote it if text is meant");
    }
    return NODES.numberNode(value);
  }

  private static JsonNode integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String magnitude = unsigned(digits);
    BigInteger value;
    if (magnitude.equals("0")) {
      value = BigInteger.ZERO;
    } else if (magnitude.startsWith("0b") || magnitude.startsWith("0x")) {
      if (magnitude.length() == 2) {
        return text(text);
      }
      value = new BigInteger(magnitude.substring(2), magnitude.charAt(1) == 'b' ? 2 : 16);
    } else if (magnitude.startsWith("0")) {
      value = new BigInteger(magnitude, 8);
    } else if (magnitude.indexOf(':') >= 0) {
      value = BigInteger.ZERO;
      for (String part : magnitude.split(":", -1)) {
        value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
      }
    } else {
      value = new BigInteger(magnitude);
    }
    // One that is short in hexadecimal may be too long to be read again as it is written.
    return value.compareTo(TOO_LARGE) >= 0
        ? text(text)
        : Nodes.number(negative ? value.negate() : value);
  }

  private static String unsigned(String digits) {
    return digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
  }
}
