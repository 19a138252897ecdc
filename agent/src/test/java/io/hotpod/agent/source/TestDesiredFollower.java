package io.hotpod.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TestDesiredFollower {
  private final List<Long> taken = new CopyOnWriteArrayList<>();

  private static DesiredPods set(long version) {
    return new DesiredPods(version, List.of());
  }

  @Test
  void newerSetsAreTakenOverAndOlderOnesAreNot() {
    InMemorySource source = new InMemorySource();
    source.offers.addAll(List.of(set(3), set(4), set(2)));
    try (DesiredFollower follower =
        new DesiredFollower(source, 2, desired -> taken.add(desired.version()), new Random(1))) {
      follower.start();

      await().until(() -> source.offers.isEmpty() && source.asked.size() >= 3);
      await().until(() -> taken.size() == 2);
    }

    assertThat(taken).containsExactly(3L, 4L);
    assertThat(source.asked).startsWith(2L, 3L, 4L);
  }

  @Test
  void theEmptySetOfAFreshInstanceIsTaken() {
    InMemorySource source = new InMemorySource();
    source.offers.add(DesiredPods.NONE);
    try (DesiredFollower follower =
        new DesiredFollower(
            source, Source.NO_VERSION, desired -> taken.add(desired.version()), new Random(1))) {
      follower.start();
      await().until(() -> taken.equals(List.of(0L)));
    }
  }

  @Test
  void setThatCannotBeKeptIsAskedForAgain() {
    InMemorySource source = new InMemorySource();
    source.offers.addAll(List.of(set(5), set(5)));
    AtomicInteger attempts = new AtomicInteger();
    try (DesiredFollower follower =
        new DesiredFollower(
            source,
            1,
            desired -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IOException("disk full");
              }
              taken.add(desired.version());
            },
            new Random(1))) {
      follower.start();
      await().until(() -> taken.equals(List.of(5L)));
    }
    assertThat(source.asked).startsWith(1L, 1L);
  }

  @Test
  void whateverGoesWrongTheSourceIsAskedAgain() {
    InMemorySource source = new InMemorySource();
    source.offers.addAll(List.of(set(5), set(5)));
    AtomicInteger attempts = new AtomicInteger();
    try (DesiredFollower follower =
        new DesiredFollower(
            source,
            1,
            desired -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("nobody foresaw this");
              }
              taken.add(desired.version());
            },
            new Random(1))) {
      follower.start();
      await().until(() -> taken.equals(List.of(5L)));
    }
  }

  @Test
  void failingSourceIsAskedAgainAndGivesNothing() {
    FailingSource source = new FailingSource();
    try (DesiredFollower follower =
        new DesiredFollower(source, 1, desired -> taken.add(desired.version()), new Random(1))) {
      follower.start();
      await().until(() -> source.failures.get() >= 2);
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void pausesGrowToTheirLimitAndBeginAnew() {
    RetryPause pause = new RetryPause(new Random(1));

    assertThat(pause.next())
        .isBetween(java.time.Duration.ofMillis(250), java.time.Duration.ofMillis(375));
    for (int i = 0; i < 10; i++) {
      assertThat(pause.next()).isLessThanOrEqualTo(java.time.Duration.ofSeconds(15));
    }
    assertThat(pause.next()).isEqualTo(java.time.Duration.ofSeconds(15));
    pause.reset();
    assertThat(pause.next()).isLessThanOrEqualTo(java.time.Duration.ofMillis(375));
  }
}
