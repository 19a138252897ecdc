package io.hotpod.pod;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities, by the Kubernetes API reference (resource.Quantity). Pure. */
public final class Quantities {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "\\+?(\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})([A-Za-z]{0,2}|[eE][+-]?\\d{1,2})");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

  private Quantities() {}

  /** The value in cores or bytes; empty when the text is no quantity or is negative. */
  public static Optional<BigDecimal> value(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1).replaceAll("\\.$", ""));
    String suffix = matcher.group(2);
    if (BINARY.contains(suffix)) {
      return Optional.of(number.multiply(KIBI.pow(BINARY.indexOf(suffix) + 1)));
    }
    Integer power = DECIMAL.get(suffix);
    if (power == null && suffix.length() > 1 && suffix.substring(1).matches("[+-]?\\d+")) {
      power = Integer.valueOf(suffix.substring(1));
    }
    return power == null ? Optional.empty() : Optional.of(number.scaleByPowerOfTen(power));
  }

  /**
   * One text for equal quantities: thousandths are written with {@code m}, whole numbers of bytes
   * with the largest binary suffix that leaves a whole number. What is beyond 2^63 - 1 is that, as
   * in Kubernetes.
   *
   * @param decimal cores, which have no binary suffixes
   */
  public static Optional<String> canonical(String text, boolean decimal) {
    return value(text).map(value -> write(value.min(LARGEST), decimal));
  }

  private static String write(BigDecimal value, boolean decimal) {
    BigDecimal milli = value.scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING);
    BigDecimal[] whole = milli.divideAndRemainder(BigDecimal.valueOf(1000));
    if (whole[1].signum() != 0) {
      return milli.toPlainString() + "m";
    }
    BigDecimal amount = whole[0];
    String suffix = "";
    if (!decimal && amount.signum() != 0) {
      for (String binary : BINARY) {
        BigDecimal[] divided = amount.divideAndRemainder(KIBI);
        if (divided[1].signum() != 0) {
          break;
        }
        amount = divided[0];
        suffix = binary;
      }
    }
    return amount.setScale(0, RoundingMode.UNNECESSARY).toPlainString() + suffix;
  }

  /** What was probably meant. */
  public static Optional<String> advice(String text) {
    for (String wrong : List.of("KB", "kB", "MB", "GB", "TB", "K", "g", "mb", "gb")) {
      if (text.endsWith(wrong)) {
        String number = text.substring(0, text.length() - wrong.length());
        String unit = wrong.substring(0, 1).toUpperCase(Locale.ROOT);
        if (value(number).isPresent()) {
          return Optional.of("did you mean \"" + number + unit + "i\"?");
        }
      }
    }
    return text.startsWith("-") ? Optional.of("give 0 or more") : Optional.empty();
  }
}
