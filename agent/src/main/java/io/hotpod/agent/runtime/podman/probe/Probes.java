package io.hotpod.agent.runtime.podman.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probes of one running container, by the Kubernetes API reference (Probe): the startup probe
 * holds back the others; a failed startup or liveness probe has the container ended; the readiness
 * probe says whether it is ready. Until a probe succeeds for the first time it is asked more often
 * than its period, so that readiness is seen soon; only failures at the pace of the period count.
 */
public final class Probes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final Container container;
  private final Health health;
  private final Pause pause;
  private final BiConsumer<Boolean, Boolean> result;
  private final Unhealthy unhealthy;
  private final Optional<Duration> settle;
  private final Consumer<String> said;
  private final Map<Probe, String> failing = new ConcurrentHashMap<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * @param result told started and ready at each change
   * @param unhealthy told why, once, when the container has to be ended
   * @param settle how long a container without a readiness probe has to run before it is ready: one
   *     that ends at once was never ready; empty for one that is known to have run for so long
   * @param said told the words of a probe that fails, and empty words when none does
   */
  public Probes(
      Container container,
      Prober prober,
      BiConsumer<Boolean, Boolean> result,
      Unhealthy unhealthy,
      Optional<Duration> settle,
      Consumer<String> said) {
    this(container, Health.of(prober), Thread::sleep, result, unhealthy, settle, said);
  }

  Probes(
      Container container,
      Health health,
      Pause pause,
      BiConsumer<Boolean, Boolean> result,
      Unhealthy unhealthy,
      Optional<Duration> settle,
      Consumer<String> said) {
    this.container = container;
    this.health = health;
    this.pause = pause;
    this.result = result;
    this.unhealthy = unhealthy;
    this.settle = settle;
    this.said = said;
  }

  /** Is told that the container has to be ended. */
  public interface Unhealthy {
    /**
     * @param grace the probe's own; empty for that of the pod
     */
    void end(String why, Optional<Duration> grace);
  }

  /** Begins to probe; what is found is told until this is closed. */
  public void start() {
    Probe startup = container.getStartupProbe();
    if (startup == null) {
      started();
    } else {
      go("startup", () -> startup(startup));
    }
  }

  private void startup(Probe probe) throws InterruptedException {
    pause(Prober.seconds(probe.getInitialDelaySeconds(), 0));
    Optional<String> failure = untilFirstSuccess(probe, count(probe.getFailureThreshold(), 3));
    if (failure.isPresent()) {
      unhealthy.end("Startup probe failed: " + failure.get(), grace(probe));
    } else {
      started();
    }
  }

  private void started() {
    Probe readiness = container.getReadinessProbe();
    Probe liveness = container.getLivenessProbe();
    result.accept(true, false);
    if (readiness != null) {
      go("readiness", () -> readiness(readiness));
    } else {
      go("settle", this::settle);
    }
    if (liveness != null) {
      go("liveness", () -> liveness(liveness));
    }
  }

  private void settle() throws InterruptedException {
    if (settle.isPresent()) {
      pause(settle.get());
      while (!alive()) {
        pause(FIRST_PAUSE);
      }
    }
    result.accept(true, true);
  }

  private boolean alive() throws InterruptedException {
    try {
      return health.alive();
    } catch (PodmanUnavailableException e) {
      return false;
    }
  }

  private void readiness(Probe probe) throws InterruptedException {
    pause(Prober.seconds(probe.getInitialDelaySeconds(), 0));
    int needed = count(probe.getSuccessThreshold(), 1);
    int allowed = count(probe.getFailureThreshold(), 3);
    if (needed == 1) {
      // Nothing depends on the failures before the first success: it is not ready anyway.
      untilFirstSuccess(probe, Integer.MAX_VALUE);
      result.accept(true, true);
      pause(Prober.seconds(probe.getPeriodSeconds(), 10));
    }
    boolean ready = needed == 1;
    int successes = 0;
    int failures = 0;
    for (; ; ) {
      Optional<Boolean> well = well(probe);
      if (well.isPresent()) {
        successes = well.get() ? successes + 1 : 0;
        failures = well.get() ? 0 : failures + 1;
        boolean now = ready ? failures < allowed : successes >= needed;
        if (now != ready) {
          ready = now;
          result.accept(true, ready);
        }
      }
      pause(Prober.seconds(probe.getPeriodSeconds(), 10));
    }
  }

  private void liveness(Probe probe) throws InterruptedException {
    pause(Prober.seconds(probe.getInitialDelaySeconds(), 0));
    int allowed = count(probe.getFailureThreshold(), 3);
    int failures = 0;
    for (; ; ) {
      try {
        Optional<String> failure = ask(probe);
        failures = failure.isPresent() ? failures + 1 : 0;
        if (failures >= allowed) {
          unhealthy.end("Liveness probe failed: " + failure.orElse(""), grace(probe));
          return;
        }
      } catch (PodmanUnavailableException e) {
        LOG.debug("nobody can say how {} is, which is no reason to end it", container.getName());
      }
      pause(Prober.seconds(probe.getPeriodSeconds(), 10));
    }
  }

  /**
   * @return empty after a success; the last failure when too many were counted
   */
  private Optional<String> untilFirstSuccess(Probe probe, int allowed) throws InterruptedException {
    Duration period = Prober.seconds(probe.getPeriodSeconds(), 10);
    Duration pause = FIRST_PAUSE;
    Duration sinceCounted = period;
    int failures = 0;
    for (; ; ) {
      try {
        Optional<String> failure = ask(probe);
        if (failure.isEmpty()) {
          return failure;
        }
        if (sinceCounted.compareTo(period) >= 0) {
          sinceCounted = Duration.ZERO;
          failures++;
          if (failures >= allowed) {
            return failure;
          }
        }
      } catch (PodmanUnavailableException e) {
        pause = period;
      }
      Duration untilPeriod = period.minus(sinceCounted);
      Duration next = pause.compareTo(untilPeriod) < 0 ? pause : untilPeriod;
      pause(next);
      sinceCounted = sinceCounted.plus(next);
      pause = pause.multipliedBy(2).compareTo(period) < 0 ? pause.multipliedBy(2) : period;
    }
  }

  /** Asks once, and tells what was said. */
  private Optional<String> ask(Probe probe) throws InterruptedException {
    Optional<String> failure = failure(probe);
    if (failure.isPresent()) {
      failing.put(probe, failure.get());
    } else {
      failing.remove(probe);
    }
    said.accept(failing.values().stream().findFirst().orElse(""));
    return failure;
  }

  private Optional<String> failure(Probe probe) throws InterruptedException {
    try {
      return health.failure(probe);
    } catch (PodmanUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("a probe of {} cannot be carried out", container.getName(), e);
      return Optional.of("the probe cannot be carried out: " + e.getMessage());
    }
  }

  private Optional<Boolean> well(Probe probe) throws InterruptedException {
    try {
      return Optional.of(ask(probe).isEmpty());
    } catch (PodmanUnavailableException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> grace(Probe probe) {
    return Optional.ofNullable(probe.getTerminationGracePeriodSeconds()).map(Duration::ofSeconds);
  }

  private static int count(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  private void pause(Duration duration) throws InterruptedException {
    pause.take(duration);
  }

  /** How a probe's thread lets time pass; tests have a time of their own. */
  interface Pause {
    void take(Duration duration) throws InterruptedException;
  }

  /** A probe's own thread. */
  private interface Loop {
    void run() throws InterruptedException;
  }

  private void go(String kind, Loop loop) {
    Thread thread =
        Thread.ofVirtual()
            .name(kind + "-" + container.getName())
            .unstarted(
                () -> {
                  try {
                    loop.run();
                  } catch (InterruptedException e) {
                    // The container ended, or nobody watches it any more.
                    Thread.currentThread().interrupt();
                  }
                });
    threads.add(thread);
    thread.start();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
