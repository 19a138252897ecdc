package io.hotpod.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestTimeLeft {
  private static final Instant ACCEPTED = Instant.parse("2026-01-01T00:00:00Z");

  /** Given and later: seconds that an operation was given, and when it is taken up. */
  @ParameterizedTest
  @CsvSource({
    "3600,    0, 3600",
    "3600, 3000,  600",
    "3600, 3599,   30",
    "3600, 9999,   30",
    "3600, -500, 3600",
    "   5,    0,    5",
    "   5,  100,    5",
  })
  void anOperationHasWhatIsLeftOfItsTimeOrAShortWhile(long given, long later, long left) {
    Operation operation =
        new Operation(
            "o",
            "s",
            Action.CREATE,
            Operation.State.ACCEPTED,
            Optional.empty(),
            ACCEPTED,
            ACCEPTED.plusSeconds(given));

    Duration now = TimeLeft.of(operation, ACCEPTED.plusSeconds(later)).now();

    assertThat(now).isBetween(Duration.ofSeconds(left - 1), Duration.ofSeconds(left));
  }
}
