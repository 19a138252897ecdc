package io.hotpod.template.yaql;

import io.hotpod.template.python.PythonFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code int()} and {@code float()} of Python; of null they make zero. */
final class Conversions {
  // Both run over the text once: each character fits one part alone.
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\p{Nd}++(?:_\\p{Nd}++)*+");
  private static final Pattern FRACTION =
      Pattern.compile(
          "[+-]?(?:\\d++(?:_\\d++)*+(?:\\.(?:\\d++(?:_\\d++)*+)?)?|\\.\\d++(?:_\\d++)*+)"
              + "(?:[eE][+-]?\\d++(?:_\\d++)*+)?");

  private Conversions() {}

  static Value integer(Value value) {
    return switch (value) {
      case Value.Null _ -> Value.Int.of(0);
      case Value.Bool flag -> new Value.Int(Numbers.exact(flag));
      case Value.Int whole -> whole;
      case Value.Real(double real) -> {
        if (!Double.isFinite(real)) {
          throw new Failure(PythonFloat.repr(real) + " cannot become an integer");
        }
        yield new Value.Int(new BigDecimal(real).toBigInteger());
      }
      case Value.Text(String text) -> {
        String trimmed = Texts.strip(text);
        if (!WHOLE.matcher(trimmed).matches()) {
          throw new Failure("\"" + Texts.shortened(text) + "\" is not an integer");
        }
        BigInteger parsed = Numbers.parse(trimmed.replace("_", ""));
        yield new Value.Int(parsed);
      }
      default -> throw new Failure(value.kind() + " cannot become an integer");
    };
  }

  static Value real(Value value) {
    return switch (value) {
      case Value.Null _ -> new Value.Real(0);
      case Value.Numeric number -> new Value.Real(Numbers.real(number));
      case Value.Text(String text) -> new Value.Real(parsed(text));
      default -> throw new Failure(value.kind() + " cannot become a float");
    };
  }

  private static double parsed(String text) {
    String trimmed = Texts.strip(text);
    String unsigned = trimmed.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
    double sign = trimmed.startsWith("-") ? -1 : 1;
    return switch (unsigned) {
      case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> {
        if (!FRACTION.matcher(trimmed).matches()) {
          throw new Failure("\"" + Texts.shortened(text) + "\" is not a number");
        }
        yield Double.parseDouble(trimmed.replace("_", ""));
      }
    };
  }
}
