package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.probe.ContainerStop;
import io.hotpod.agent.runtime.podman.probe.Hooks;
import io.hotpod.agent.runtime.podman.probe.Prober;
import io.hotpod.agent.runtime.podman.probe.Probes;
import io.hotpod.pod.ContainerState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a container, from its start to its end: carries out its postStart hook, probes it and
 * ends it when it is not well. One thread runs {@link #watch}; {@link #stop} is for any.
 */
final class ContainerRun {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerRun.class);

  /** A hook that takes longer hangs. */
  private static final Duration LONGEST_HOOK = Duration.ofMinutes(10);

  /** Ready for so long, it counts as working: failures before are forgotten. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final PodSite site;
  private final PodSandbox sandbox;
  private final Container container;
  private final ContainerView running;
  private final ContainerReport report;
  private final ContainerHistory history;
  private final RunClock clock;
  private final ContainerEnds ends;
  private final Wakeup wakeup;
  private volatile String unhealthy = "";
  private volatile Optional<Long> readySince = Optional.empty();

  /**
   * @param wakeup signalled when something happens to the container
   */
  ContainerRun(
      PodSite site,
      PodSandbox sandbox,
      Container container,
      ContainerView running,
      ContainerReport report,
      ContainerHistory history,
      RunClock clock,
      ContainerEnds ends,
      Wakeup wakeup) {
    this.site = site;
    this.sandbox = sandbox;
    this.container = container;
    this.running = running;
    this.report = report;
    this.history = history;
    this.clock = clock;
    this.ends = ends;
    this.wakeup = wakeup;
  }

  /**
   * Returns how it looked when it had ended.
   *
   * @param finishing whether it has to end for good at once
   */
  ContainerView watch(BooleanSupplier finishing) throws InterruptedException {
    site.exits().watch(running.id(), wakeup);
    try {
      report.running(running, history.restarts(), previous());
      report.probeSaid("");
      Prober prober = prober();
      try (Probes probes =
          new Probes(
              container,
              prober,
              this::probed,
              (reason, grace) -> end(reason, grace.orElse(sandbox.grace())),
              clock.toSettle(running, history.record().failures(), sandbox.now()),
              report::probeSaid)) {
        history.write();
        if (finishing.getAsBoolean()) {
          stop(sandbox.grace());
        } else if (postStarted(prober)) {
          probes.start();
        }
        sandbox.tidy(container, history.attempt());
        return awaitEnd();
      }
    } finally {
      site.exits().forget(running.id());
    }
  }

  private ContainerView awaitEnd() throws InterruptedException {
    for (; ; ) {
      wakeup.await(settling() ? SETTLED : PodSite.LOOK_AGAIN);
      Optional<ContainerView> now = look();
      if (now.isEmpty()) {
        return Termination.vanished(running);
      }
      if (now.get().ended()) {
        return now.get();
      }
      settle();
    }
  }

  /** Why the agent ended it; empty when it did not. */
  String why() {
    return unhealthy;
  }

  /** Stops it with its preStop hook; what Podman refuses to stop is left to the removal. */
  void stop(Duration grace) {
    try {
      ContainerStop.stop(site.podman(), prober(), container, running.id(), grace);
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.warn("{}: cannot be ended: {}", running.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(String why, Duration grace) {
    LOG.info("{}: {}; ending it", running.name(), why);
    unhealthy = why;
    stop(grace);
  }

  private Prober prober() throws InterruptedException {
    return new Prober(site.podman(), container, running.id(), running.process(), sandbox.reach());
  }

  /**
   * Carries out the postStart hook, once for each run of the container.
   *
   * @return false when it failed, and the container is ended for that
   */
  private boolean postStarted(Prober prober) throws InterruptedException {
    Optional<LifecycleHandler> hook =
        Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPostStart);
    if (hook.isEmpty() || history.record().hooked().equals(Optional.of(history.attempt()))) {
      return true;
    }
    Optional<String> failure = new Hooks(prober).run(hook.get(), LONGEST_HOOK);
    if (failure.isPresent()) {
      end("PostStartHookError: " + failure.get(), sandbox.grace());
      return false;
    }
    history.remember(history.record().afterHook());
    return true;
  }

  private Optional<ContainerView> look() throws InterruptedException {
    for (; ; ) {
      try {
        return site.podman().container(running.id());
      } catch (PodmanUnavailableException e) {
        site.availability().awaitRecovery();
      }
    }
  }

  private void probed(boolean started, boolean ready) {
    readySince = ready ? Optional.of(System.nanoTime()) : Optional.empty();
    report.probed(started, ready);
    if (ready && history.record().failures() > 0) {
      wakeup.signal();
    }
  }

  private boolean settling() {
    return history.record().failures() > 0 && readySince.isPresent();
  }

  private void settle() {
    Optional<Long> since = readySince;
    if (settling() && since.isPresent() && System.nanoTime() - since.get() >= SETTLED.toNanos()) {
      history.counting(history.record().ends(), 0);
    }
  }

  /** How the run before this one ended, as this agent saw it or else as Podman still knows. */
  private Optional<ContainerState.Terminated> previous() throws InterruptedException {
    if (report.status().state() instanceof ContainerState.Terminated terminated) {
      return Optional.of(terminated);
    }
    return report.status().lastTermination().isPresent()
        ? Optional.empty()
        : ends.before(history.attempt());
  }
}
