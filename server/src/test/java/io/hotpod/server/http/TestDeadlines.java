package io.hotpod.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TestDeadlines {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Deadlines deadlines = new Deadlines();

  @AfterEach
  void close() {
    deadlines.close();
  }

  @Test
  void whoTakesTooLongIsInterrupted() {
    try (Deadlines.Deadline deadline = deadlines.begin(SHORT)) {
      assertThatThrownBy(() -> forever().await()).isInstanceOf(InterruptedException.class);
      assertThat(deadline.fired()).isTrue();
    }
  }

  @Test
  void oneThatIsDueEarlierOvertakesThoseThatRun() {
    try (Deadlines.Deadline longer = deadlines.begin(LONG);
        Deadlines.Deadline shorter = deadlines.begin(SHORT)) {
      assertThatThrownBy(() -> forever().await()).isInstanceOf(InterruptedException.class);
      assertThat(shorter.fired()).isTrue();
      assertThat(longer.fired()).isFalse();
    }
  }

  @Test
  void oneThatIsDueLaterFiresThoughAnEarlierOneHasEnded() {
    deadlines.begin(SHORT).close();
    try (Deadlines.Deadline deadline = deadlines.begin(SHORT.multipliedBy(3))) {
      assertThatThrownBy(() -> forever().await()).isInstanceOf(InterruptedException.class);
      assertThat(deadline.fired()).isTrue();
    }
  }

  @Test
  void severalOfTheSameMomentAllFire() {
    List<Deadlines.Deadline> all = new ArrayList<>();
    for (int index = 0; index < 100; index++) {
      all.add(deadlines.begin(SHORT));
    }
    spinUntil(() -> all.stream().allMatch(Deadlines.Deadline::fired));
    all.forEach(Deadlines.Deadline::close);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whatEndedInTimeDisturbsNobodyAfterwards() throws InterruptedException {
    deadlines.begin(SHORT).close();
    assertThat(forever().await(SHORT.multipliedBy(4).toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void anInterruptionThatCameTooLateIsTakenBack() {
    Deadlines.Deadline deadline = deadlines.begin(SHORT);
    spinUntil(deadline::fired);
    deadline.close();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** What sleeps would take the interruption for its own. */
  private static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static CountDownLatch forever() {
    return new CountDownLatch(1);
  }
}
