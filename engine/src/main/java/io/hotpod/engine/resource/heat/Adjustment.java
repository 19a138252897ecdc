package io.hotpod.engine.resource.heat;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a scaling changes the size of a group, by Heat's rules. Pure.
 *
 * @param amount members, or per cent; negative to shrink
 * @param leastStep of a change in per cent: at least so many members; 0 for any
 */
record Adjustment(Kind kind, BigDecimal amount, int leastStep) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Heat's {@code adjustment_type}. */
  enum Kind {
    CHANGE_IN_CAPACITY,
    EXACT_CAPACITY,
    PERCENT_CHANGE_IN_CAPACITY
  }

  /** The size that a group of a size gets, from the least to the most that it may have. */
  int of(int current, int least, int most) {
    BigDecimal wanted =
        switch (kind) {
          case CHANGE_IN_CAPACITY -> BigDecimal.valueOf(current).add(amount);
          case EXACT_CAPACITY -> amount;
          case PERCENT_CHANGE_IN_CAPACITY -> BigDecimal.valueOf(current).add(percent(current));
        };
    return wanted
        .setScale(0, RoundingMode.DOWN)
        .max(BigDecimal.valueOf(least))
        .min(BigDecimal.valueOf(Math.max(least, most)))
        .intValue();
  }

  private BigDecimal percent(int current) {
    BigDecimal exact = BigDecimal.valueOf(current).multiply(amount).divide(HUNDRED);
    boolean small = exact.abs().compareTo(BigDecimal.ONE) < 0;
    BigDecimal whole = exact.setScale(0, small ? RoundingMode.UP : RoundingMode.DOWN);
    return whole.abs().compareTo(BigDecimal.valueOf(leastStep)) < 0
        ? BigDecimal.valueOf((long) leastStep * amount.signum())
        : whole;
  }
}
