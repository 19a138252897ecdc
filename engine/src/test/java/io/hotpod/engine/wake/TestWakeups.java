package io.hotpod.engine.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TestWakeups {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final Wakeups wakeups = new Wakeups();

  @Test
  void givesAtOnceWhatIsThere() {
    assertThat(wakeups.await(List.of("t"), Duration.ZERO, () -> Optional.of(1))).contains(1);
  }

  @Test
  void givesUpAfterItsLimitAndAsksOnceMore() {
    AtomicInteger asked = new AtomicInteger();

    Optional<Integer> value =
        wakeups.await(
            List.of("t"),
            Duration.ofMillis(20),
            () -> asked.incrementAndGet() == 2 ? Optional.of(7) : Optional.empty());

    assertThat(value).contains(7);
  }

  @Test
  void isWokenByAnyOfItsTopicsAndByNoOther() {
    AtomicBoolean there = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Optional<Integer>> waiting =
        CompletableFuture.supplyAsync(
            () ->
                wakeups.await(
                    List.of("a", "b"),
                    LONG,
                    () -> {
                      asked.incrementAndGet();
                      return there.get() ? Optional.of(1) : Optional.empty();
                    }),
            THREADS);
    while (asked.get() == 0) {
      Thread.onSpinWait();
    }

    wakeups.wake("c");
    assertThat(waiting).isNotDone();
    there.set(true);
    wakeups.wake("b");

    assertThat(waiting.join()).contains(1);
  }

  @Test
  void missesNoWakeBetweenAskingAndSleeping() {
    for (int round = 0; round < 500; round++) {
      AtomicBoolean there = new AtomicBoolean();
      CompletableFuture<Optional<Integer>> waiting =
          CompletableFuture.supplyAsync(
              () ->
                  wakeups.await(
                      List.of("t"), LONG, () -> there.get() ? Optional.of(1) : Optional.empty()),
              THREADS);
      there.set(true);
      wakeups.wake("t");
      assertThat(waiting.join()).contains(1);
    }
  }

  @Test
  void whatTheConditionThrowsEndsTheWait() {
    assertThatThrownBy(
            () ->
                wakeups.await(
                    List.of("t"),
                    LONG,
                    () -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
  }
}
