package io.hotpod.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.source.InMemorySource;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures short times")
final class TestReporter {
  private static final InstanceFacts FACTS = new InstanceFacts("host", "1", "podman", "4", "");

  private final InMemorySource source = new InMemorySource();
  private final AtomicReference<List<ObservedPod>> pods = new AtomicReference<>(List.of());

  private PodReport report(long sequence) {
    return new PodReport("s", sequence, 1, Instant.now(), FACTS, List.copyOf(pods.get()));
  }

  private Reporter reporter(Duration heartbeat) {
    return new Reporter(source, this::report, heartbeat, new Random(1));
  }

  @Test
  void changeIsReportedSoonAndSamenessOnlyAsHeartbeat() {
    try (Reporter reporter = reporter(Duration.ofMinutes(5))) {
      reporter.start();
      await().until(() -> source.reports.size() == 1);

      reporter.changed();
      reporter.changed();
      List<Duration> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int known = source.reports.size();
        Instant before = Instant.now();
        pods.set(List.of(Observed.ready(Manifests.sleeper("a" + i, "1"))));
        reporter.changed();
        await().pollInterval(Duration.ofMillis(5)).until(() -> source.reports.size() > known);
        assertThat(source.reports.getLast().pods()).hasSize(1);
        taken.add(Duration.between(before, source.reports.getLast().time()));
      }

      // Of five, two may meet a pause of the machine.
      assertThat(taken.stream().sorted().toList().get(2)).isLessThan(Duration.ofMillis(200));
      assertThat(source.reports)
          .extracting(PodReport::sequence)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void smallChangeRightAfterAReportOfManyPodsIsReportedSoonToo() {
    List<ObservedPod> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(Observed.ready(Manifests.sleeper("many" + i, "1")));
    }
    ObservedPod first = many.getFirst();
    pods.set(List.copyOf(many));
    try (Reporter reporter = reporter(Duration.ofMinutes(5))) {
      reporter.start();
      await().until(() -> source.reports.size() == 1);

      List<Duration> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int known = source.reports.size();
        long before = System.nanoTime();
        many.set(0, first.saying("word " + i));
        pods.set(List.copyOf(many));
        reporter.changed();
        await().pollInterval(Duration.ofMillis(2)).until(() -> source.reports.size() > known);
        taken.add(Duration.ofNanos(System.nanoTime() - before));
      }

      // Of five, two may meet a pause of the machine.
      assertThat(taken.stream().sorted().toList().get(2)).isLessThan(Duration.ofMillis(200));
    }
  }

  @Test
  void lookThatFailsDelaysTheReportAndNoMore() {
    AtomicInteger failures = new AtomicInteger(1);
    try (Reporter reporter =
        new Reporter(
            source,
            sequence -> {
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("this look fails");
              }
              return report(sequence);
            },
            Duration.ofMinutes(5),
            new Random(1))) {
      reporter.start();
      await().until(() -> source.reports.size() == 1);

      failures.set(1);
      pods.set(List.of(Observed.ready(Manifests.sleeper("a", "1"))));
      reporter.changed();

      await().until(() -> source.reports.getLast().pods().size() == 1);
    }
  }

  @Test
  void heartbeatGoesOnWithoutChanges() {
    try (Reporter reporter = reporter(Duration.ofMillis(50))) {
      reporter.start();
      await().until(() -> source.reports.size() >= 4);
    }
  }

  @Test
  void afterAnAbsenceTheNewestTruthArrives() {
    source.away.set(true);
    try (Reporter reporter = reporter(Duration.ofMinutes(5))) {
      reporter.start();
      for (int i = 0; i < 5; i++) {
        pods.set(List.of(Observed.ready(Manifests.sleeper("a" + i, "1"))));
        reporter.changed();
      }
      int refusedBefore = source.refusals.get();
      // Only what is looked at after this refusal is sure to be younger than the last change.
      await().until(() -> source.refusals.get() > refusedBefore);
      source.away.set(false);

      await().until(() -> !source.reports.isEmpty());
      assertThat(source.reports.getFirst().pods().getFirst().id()).isEqualTo("a4");
    }
  }

  @Test
  void reportWhoseAnswerWasLostHidesNoLaterOne() {
    source.answers.set(false);
    try (Reporter reporter = reporter(Duration.ofMinutes(5))) {
      reporter.start();
      await().until(() -> source.reports.size() == 1);
      pods.set(List.of(Observed.ready(Manifests.sleeper("a", "1"))));
      source.answers.set(true);

      await().until(() -> source.reports.getLast().pods().size() == 1);
      assertThat(source.reports).extracting(PodReport::sequence).isSorted().doesNotHaveDuplicates();
    }
  }
}
