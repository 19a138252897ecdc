package io.hotpod.template.python;

import java.math.BigDecimal;

/** {@code repr(float)}: the shortest digits, with an exponent below 1e-4 and from 1e16. */
public final class PythonFloat {
  private PythonFloat() {}

  /** The number as Python writes it, {@code inf} and {@code nan} included. */
  public static String repr(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      return decimal.scale() <= 0 ? decimal.toPlainString() + ".0" : decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    String power = Integer.toString(Math.abs(exponent));
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }
}
