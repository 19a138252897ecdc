package io.hotpod.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.wake.Wakeups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Steps that wait without a thread. */
final class TestParked {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration DAYS = Duration.ofDays(3650);
  private static final Node STEP = new Node.Apply("a");

  private final Wakeups wakeups = new Wakeups();

  /** The step hears of its topic from here on. */
  private CountDownLatch begun = new CountDownLatch(1);

  private CompletableFuture<Map<Node, GraphWalker.Outcome>> walk(
      Duration longest, Duration lookAgain, BooleanSupplier due) {
    StepGraph graph = ConvergeGraph.converge(Map.of("a", Set.of()), List.of());
    return CompletableFuture.supplyAsync(
        () ->
            GraphWalker.walk(
                graph,
                node -> {
                  Parked parked =
                      Parked.until(wakeups.watch(List.of("t")), longest, lookAgain, due, "");
                  begun.countDown();
                  throw parked.then(() -> GraphWalker.Outcome.DONE);
                },
                () -> false,
                false,
                node -> {},
                () -> {}),
        Executors.newVirtualThreadPerTaskExecutor());
  }

  @Test
  void goesOnWhenItIsDueAndNotBefore() throws InterruptedException {
    AtomicBoolean due = new AtomicBoolean();
    Semaphore asked = new Semaphore(0);
    CompletableFuture<Map<Node, GraphWalker.Outcome>> walk =
        walk(
            LONG,
            DAYS,
            () -> {
              asked.release();
              return due.get();
            });
    begun.await();

    wakeups.wake("other");
    wakeups.wake("t");
    asked.acquire();
    assertThat(walk).isNotDone();
    assertThat(asked.availablePermits()).as("asked at a wake of its own topic alone").isZero();
    due.set(true);
    wakeups.wake("t");

    assertThat(walk.join()).containsEntry(STEP, GraphWalker.Outcome.DONE);
  }

  @Test
  void goesOnWhenItsTimeIsOver() {
    assertThat(walk(Duration.ofMillis(20), DAYS, () -> false).join())
        .containsEntry(STEP, GraphWalker.Outcome.DONE);
  }

  @Test
  void looksByItselfWhereAWakeCanBeLost() {
    AtomicBoolean asked = new AtomicBoolean();

    assertThat(walk(LONG, Duration.ofMillis(5), () -> asked.getAndSet(true)).join())
        .containsEntry(STEP, GraphWalker.Outcome.DONE);
  }

  @Test
  void goesOnToMeetWhatTheConditionThrows() {
    CompletableFuture<Map<Node, GraphWalker.Outcome>> walk =
        walk(
            LONG,
            Duration.ofMillis(5),
            () -> {
              throw new IllegalStateException("the database is away");
            });

    assertThat(walk.join()).containsEntry(STEP, GraphWalker.Outcome.DONE);
  }

  @Test
  void missesNoWakeBetweenLookingAndParking() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      AtomicBoolean due = new AtomicBoolean();
      begun = new CountDownLatch(1);
      CompletableFuture<Map<Node, GraphWalker.Outcome>> walk = walk(LONG, DAYS, due::get);
      begun.await();
      due.set(true);
      wakeups.wake("t");
      assertThat(walk.join()).containsEntry(STEP, GraphWalker.Outcome.DONE);
    }
  }
}
