package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TestRetryTimes {
  @Test
  void theTimesAreHeats() {
    assertThat(Retries.DEFAULT)
        .isEqualTo(new Retries(5, Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  @Test
  void theBackOffDoublesAndIsSpread() {
    Random random = new Random(1);
    for (int further = 1; further <= 5; further++) {
      Duration least = Duration.ofSeconds(1L << further);
      assertThat(Retries.DEFAULT.before(further, random))
          .isBetween(least, least.plus(Retries.DEFAULT.jitter()));
    }
    assertThat(Retries.DEFAULT.before(1, random)).isNotEqualTo(Retries.DEFAULT.before(1, random));
  }

  @Test
  void theLongestTimeCanBeTold() {
    assertThat(Retries.DEFAULT.before(Integer.MAX_VALUE, new Random(1)))
        .isLessThan(Duration.ofDays(1));
  }

  @Test
  void thereAreNoFewerThanNone() {
    assertThatThrownBy(() -> Retries.DEFAULT.upTo(-1)).hasMessageContaining("negative");
  }
}
