package io.hotpod.agent.runtime.podman.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * When probes ask and what counts, by the Kubernetes API reference (Probe). Each probe's thread has
 * a time of its own that only its pauses move, and an answer for each second: + for well, - for
 * unwell, ? for nobody can say. Time ends with the answers.
 */
final class TestProbePace {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Map<Thread, Duration> times = new ConcurrentHashMap<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private static ProbeBuilder probe(String name, int delay, int period) {
    return new ProbeBuilder()
        .withNewExec()
        .withCommand(name)
        .endExec()
        .withInitialDelaySeconds(delay)
        .withPeriodSeconds(period);
  }

  private Duration now() {
    return times.getOrDefault(Thread.currentThread(), Duration.ZERO);
  }

  private void see(String what) {
    seen.add(now().toSeconds() + " " + what);
  }

  /** Runs the probes until {@code ends} of them have come to their end. */
  private void run(Container container, int ends) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(ends);
    Health health =
        new Health() {
          @Override
          public Optional<String> failure(Probe probe) {
            String name = probe.getExec().getCommand().getFirst();
            char answer = requireNonNull(answers.get(name)).charAt((int) now().toSeconds());
            // The quick questions before the first success are not at the pace of the period.
            if (now().toMillis() % 1000 == 0) {
              see(name + answer);
            }
            if (answer == '?') {
              throw PodmanUnavailableException.late("asking");
            }
            return answer == '+' ? Optional.empty() : Optional.of("unwell");
          }

          @Override
          public boolean alive() {
            return true;
          }
        };
    Probes.Pause pause =
        duration -> {
          times.merge(Thread.currentThread(), duration, Duration::plus);
          String name = Thread.currentThread().getName().replace("-main", "");
          if (now().toSeconds() >= answers.getOrDefault(name, "").length()) {
            ended.countDown();
            throw new InterruptedException("the end of time");
          }
        };
    try (Probes probes =
        new Probes(
            container,
            health,
            pause,
            (started, ready) -> see(ready ? "ready" : started ? "started" : "starting"),
            (why, grace) -> {
              see(why);
              ended.countDown();
            },
            Optional.empty(),
            words -> {})) {
      probes.start();
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ContainerBuilder container() {
    return new ContainerBuilder().withName("main");
  }

  @Test
  void livenessWaitsForItsDelayAndCountsFailuresInARow() throws Exception {
    answers.put("liveness", "---" + "--+---?-----");

    run(
        container()
            .withLivenessProbe(probe("liveness", 3, 1).withFailureThreshold(3).build())
            .withReadinessProbe(probe("readiness", 0, 1).build())
            .build(),
        2);

    assertThat(seen.stream().filter(one -> one.contains("iveness")))
        .containsExactly(
            "3 liveness-",
            "4 liveness-",
            "5 liveness+",
            "6 liveness-",
            "7 liveness-",
            "8 liveness-",
            "8 Liveness probe failed: unwell");
  }

  @Test
  void whatNobodyCanSayNeitherCountsNorForgives() throws Exception {
    answers.put("liveness", "-?-?-");
    answers.put("readiness", "");

    run(
        container()
            .withLivenessProbe(probe("liveness", 0, 1).withFailureThreshold(3).build())
            .withReadinessProbe(probe("readiness", 1, 1).build())
            .build(),
        2);

    assertThat(seen).contains("4 Liveness probe failed: unwell");
  }

  @Test
  void readinessNeedsItsSuccessesInARow() throws Exception {
    answers.put("readiness", "..+.-.+.+.-.-.+.-.-.-.");

    run(
        container()
            .withReadinessProbe(
                probe("readiness", 2, 2).withSuccessThreshold(2).withFailureThreshold(3).build())
            .build(),
        1);

    assertThat(seen)
        .containsExactly(
            "0 started",
            "2 readiness+",
            "4 readiness-",
            "6 readiness+",
            "8 readiness+",
            "8 ready",
            "10 readiness-",
            "12 readiness-",
            "14 readiness+",
            "16 readiness-",
            "18 readiness-",
            "20 readiness-",
            "20 started");
  }

  @Test
  void startupCountsFailuresAtThePaceOfItsPeriodOnly() throws Exception {
    answers.put("startup", "-".repeat(30));

    run(
        container()
            .withStartupProbe(probe("startup", 1, 10).withFailureThreshold(3).build())
            .withLivenessProbe(probe("liveness", 0, 1).build())
            .withReadinessProbe(probe("readiness", 0, 1).build())
            .build(),
        1);

    assertThat(seen)
        .containsExactly(
            "1 startup-", "11 startup-", "21 startup-", "21 Startup probe failed: unwell");
  }

  @Test
  void startupHoldsBackTheOthers() throws Exception {
    answers.put("startup", "--+");
    answers.put("liveness", "+");
    answers.put("readiness", "+");

    run(
        container()
            .withStartupProbe(probe("startup", 0, 1).withFailureThreshold(3).build())
            .withLivenessProbe(probe("liveness", 0, 1).build())
            .withReadinessProbe(probe("readiness", 0, 1).build())
            .build(),
        2);

    assertThat(seen.subList(0, 4))
        .containsExactly("0 startup-", "1 startup-", "2 startup+", "2 started");
    assertThat(seen.subList(4, seen.size()))
        .containsExactlyInAnyOrder("0 liveness+", "0 readiness+", "0 ready");
  }
}
