package io.hotpod.template.yaql;

import io.hotpod.template.python.PythonFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How {@code format()} writes one value: {@code [[fill]align][sign][#][0][width][,][.precision]
 * [type]}.
 */
record FormatSpecification(
    Optional<String> fill,
    Optional<String> align,
    String sign,
    boolean alternate,
    boolean zero,
    int width,
    String grouping,
    int precision,
    String type) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+"
              + " ])?(#)?(0)?(\\d{1,8})?([,_])?(?:\\.(\\d{1,8}))?([bcdeEfFgGnosxX%])?",
          Pattern.DOTALL);

  static FormatSpecification parse(String text, Work work) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new Failure("the format \"" + Texts.shortened(text) + "\" is not understood");
    }
    int width = number(matcher.group(6), 0);
    int precision = number(matcher.group(8), -1);
    work.refuseBytes(Math.max(width, precision));
    work.spend(Math.max(width, precision) / 8 + 1L);
    return new FormatSpecification(
        Optional.ofNullable(matcher.group(1)),
        Optional.ofNullable(matcher.group(2)),
        Optional.ofNullable(matcher.group(3)).orElse("-"),
        matcher.group(4) != null,
        matcher.group(5) != null,
        width,
        Optional.ofNullable(matcher.group(7)).orElse(""),
        precision,
        Optional.ofNullable(matcher.group(9)).orElse(""));
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  String apply(Value value, Work work) {
    boolean plain = equals(PLAIN);
    return switch (value) {
      case Value.Text(String text) -> text(text);
      case Value.Int(BigInteger whole) -> whole(whole);
      case Value.Real(double real) -> real(real);
      // Python's truth values are integers as soon as there is a specification.
      case Value.Bool flag -> plain ? text(Numbers.text(flag)) : whole(Numbers.exact(flag));
      default -> {
        if (!plain) {
          throw new Failure(value.kind() + " cannot be formatted with a specification");
        }
        yield PythonText.python(value, work);
      }
    };
  }

  private static final FormatSpecification PLAIN =
      new FormatSpecification(Optional.empty(), Optional.empty(), "-", false, false, 0, "", -1, "");

  private Failure unsuitable(String kind) {
    return new Failure("the format code \"" + type + "\" is not for " + kind);
  }

  private String text(String text) {
    if (!type.isEmpty() && !type.equals("s")) {
      throw unsuitable("a string");
    }
    if (!sign.equals("-") || alternate || !grouping.isEmpty() || align.orElse("").equals("=")) {
      throw new Failure("a sign, \"#\", \"=\" or grouping is not for a string");
    }
    String cut = precision < 0 ? text : Texts.slice(text, 0, precision);
    return padded("", cut, zero ? "<" : align.orElse("<"));
  }

  private String whole(BigInteger value) {
    if (!type.isEmpty() && "eEfFgG%".contains(type)) {
      return real(Numbers.real(new Value.Int(value)));
    }
    if (precision >= 0) {
      throw new Failure("a precision is not for an integer");
    }
    String prefix = value.signum() < 0 ? "-" : positiveSign();
    BigInteger size = value.abs();
    return switch (type) {
      case "", "d", "n" -> number(prefix, grouped(Numbers.text(new Value.Int(size)), 3));
      case "b" -> number(prefix + (alternate ? "0b" : ""), grouped(size.toString(2), 4));
      case "o" -> number(prefix + (alternate ? "0o" : ""), grouped(size.toString(8), 4));
      case "x" -> number(prefix + (alternate ? "0x" : ""), grouped(size.toString(16), 4));
      case "X" ->
          number(
              prefix + (alternate ? "0X" : ""),
              grouped(size.toString(16).toUpperCase(Locale.ROOT), 4));
      case "c" -> padded("", Character.toString(value.intValueExact()), align.orElse("<"));
      default -> throw unsuitable("an integer");
    };
  }

  private String positiveSign() {
    return sign.equals("-") ? "" : sign;
  }

  private String real(double value) {
    String prefix = value < 0 || 1 / value < 0 ? "-" : positiveSign();
    if (!Double.isFinite(value)) {
      return number(prefix, Double.isNaN(value) ? "nan" : "inf");
    }
    double size = Math.abs(value);
    int digits = precision < 0 ? 6 : precision;
    return number(
        prefix,
        switch (type) {
          case "" ->
              precision < 0 ? grouped(PythonFloat.repr(size), 3) : general(size, digits, true);
          case "f", "F" -> grouped(fixed(new BigDecimal(size), digits), 3);
          case "%" -> grouped(fixed(new BigDecimal(size * 100), digits), 3) + "%";
          case "e" -> exponential(size, digits);
          case "E" -> exponential(size, digits).toUpperCase(Locale.ROOT);
          case "g", "n" -> general(size, digits, false);
          case "G" -> general(size, digits, false).toUpperCase(Locale.ROOT);
          default -> throw unsuitable("a float");
        });
  }

  private static String fixed(BigDecimal value, int digits) {
    return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponential(double value, int digits) {
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa = fixed(rounded.movePointLeft(exponent), digits);
    return mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** The shorter of the two forms, without zeros at the end. */
  private String general(double value, int digits, boolean fraction) {
    int significant = Math.max(1, digits);
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    int most = fraction ? significant - 1 : significant;
    if (exponent < -4 || exponent >= Math.max(most, 1)) {
      String written = exponential(value, significant - 1);
      int mark = written.indexOf('e');
      return trimmed(written.substring(0, mark)) + written.substring(mark);
    }
    String plain = trimmed(fixed(rounded, Math.max(0, significant - 1 - exponent)));
    return grouped(fraction && plain.indexOf('.') < 0 ? plain + ".0" : plain, 3);
  }

  private String trimmed(String number) {
    if (alternate || number.indexOf('.') < 0) {
      return number;
    }
    int end = number.length();
    while (number.charAt(end - 1) == '0') {
      end--;
    }
    return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private String grouped(String digits, int size) {
    if (grouping.isEmpty()) {
      return digits;
    }
    int end = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    StringBuilder grouped = new StringBuilder(digits);
    for (int i = end - size; i > 0; i -= size) {
      grouped.insert(i, grouping);
    }
    return grouped.toString();
  }

  private String number(String prefix, String digits) {
    if (zero && align.isEmpty()) {
      return padded(prefix, digits, "=");
    }
    return padded(prefix, digits, align.orElse(">"));
  }

  private String padded(String prefix, String body, String side) {
    int missing = width - Texts.length(prefix) - Texts.length(body);
    if (missing <= 0) {
      return prefix + body;
    }
    String filler = fill.orElse(zero ? "0" : " ");
    return switch (side) {
      case "<" -> prefix + body + filler.repeat(missing);
      case "^" -> filler.repeat(missing / 2) + prefix + body + filler.repeat(missing - missing / 2);
      case "=" -> prefix + filler.repeat(missing) + body;
      default -> filler.repeat(missing) + prefix + body;
    };
  }
}
