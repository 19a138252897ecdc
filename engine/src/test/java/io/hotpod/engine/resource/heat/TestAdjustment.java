package io.hotpod.engine.resource.heat;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestAdjustment {
  @ParameterizedTest
  @CsvSource({
    "CHANGE_IN_CAPACITY, 1, 0, 3, 4",
    "CHANGE_IN_CAPACITY, -1, 0, 3, 2",
    "CHANGE_IN_CAPACITY, -9, 0, 3, 1",
    "CHANGE_IN_CAPACITY, 99, 0, 3, 10",
    "EXACT_CAPACITY, 7, 0, 3, 7",
    "EXACT_CAPACITY, 11, 0, 3, 10",
    "PERCENT_CHANGE_IN_CAPACITY, 50, 0, 5, 7",
    "PERCENT_CHANGE_IN_CAPACITY, -50, 0, 5, 3",
    "PERCENT_CHANGE_IN_CAPACITY, 10, 0, 3, 4",
    "PERCENT_CHANGE_IN_CAPACITY, -10, 0, 3, 2",
    "PERCENT_CHANGE_IN_CAPACITY, 10, 2, 3, 5",
    "PERCENT_CHANGE_IN_CAPACITY, -10, 2, 5, 3",
    "PERCENT_CHANGE_IN_CAPACITY, 0, 0, 5, 5",
  })
  void changesAGroupOfOneToTen(
      Adjustment.Kind kind, BigDecimal amount, int leastStep, int current, int expected) {
    assertThat(new Adjustment(kind, amount, leastStep).of(current, 1, 10)).isEqualTo(expected);
  }
}
