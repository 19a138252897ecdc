package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one pod: its sandbox, its init containers one after the other, then its containers side by
 * side. A thread of its own does it, until {@link #stop}; the pod itself goes on.
 */
final class PodKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PodKeeper.class);
  private static final int LOSSES_IN_A_HURRY = 10;
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);

  private final PodSite site;
  private final DesiredPod desired;
  private final PodSandbox sandbox;
  private final Runnable changed;
  private final List<ContainerReport> init = new ArrayList<>();
  private final List<ContainerReport> containers = new ArrayList<>();
  private volatile PodProgress progress = PodProgress.NORMAL;
  private final AtomicBoolean terminating = new AtomicBoolean();
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
  private int refusals;
  private int losses;
  private Instant lastLoss = Instant.EPOCH;

  /**
   * @param expected whether the pod may be in Podman already
   */
  PodKeeper(
      PodSite site,
      DesiredPod desired,
      PodMemory memory,
      Clock clock,
      boolean expected,
      Runnable changed) {
    this.site = site;
    this.desired = desired;
    this.changed = changed;
    this.sandbox = new PodSandbox(site, desired, memory, clock, expected);
    List<Container> inits = desired.pod().getSpec().getInitContainers();
    String reason = inits.isEmpty() ? "ContainerCreating" : "PodInitializing";
    inits.forEach(container -> init.add(new ContainerReport(container, reason, changed)));
    for (Container container : desired.pod().getSpec().getContainers()) {
      containers.add(new ContainerReport(container, reason, changed));
    }
    thread = Thread.ofVirtual().name("pod-" + sandbox.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  String podName() {
    return sandbox.name();
  }

  DesiredPod desired() {
    return desired;
  }

  /** Ends the keeping and leaves the pod as it is; returns once nothing more is done to it. */
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  void terminating() {
    terminating.set(true);
    changed.run();
  }

  ObservedPod observed() {
    List<ContainerStatus> inits = init.stream().map(ContainerReport::status).toList();
    List<ContainerStatus> statuses = containers.stream().map(ContainerReport::status).toList();
    RestartPolicy policy = RestartPolicy.of(desired.pod().getSpec().getRestartPolicy());
    PodPhase phase = Observation.phase(policy, inits, statuses);
    PodProgress said = progress;
    return new ObservedPod(
        desired.id(),
        sandbox.name(),
        desired.token(),
        phase,
        !terminating.get() && Observation.ready(inits, statuses),
        terminating.get(),
        said.reason(),
        said.message(),
        Optional.of(sandbox.uid()).filter(uid -> !uid.isEmpty()),
        sandbox.ip(),
        Optional.of(site.hostIp()).filter(ip -> !ip.isEmpty()),
        sandbox.startedAt(),
        Observation.conditions(phase, inits, statuses),
        inits,
        statuses);
  }

  private void run() {
    try {
      for (; ; ) {
        keepOnce();
      }
    } catch (InterruptedException e) {
      LOG.debug("pod {} is kept no longer", sandbox.name());
    }
  }

  /** Returns when it has to begin anew. */
  private void keepOnce() throws InterruptedException {
    try {
      sandbox.open();
      site.exits().watch(sandbox.infraId(), wakeup);
      if (initialized()) {
        keepContainers();
      } else {
        stand(() -> {});
      }
    } catch (SandboxLostException e) {
      if (sandbox.refusal().isPresent()) {
        refused(sandbox.refusal().get());
      } else {
        lost(e.getMessage());
      }
    } catch (PodmanUnavailableException e) {
      LOG.info("pod {}: {}; going on when it answers", sandbox.name(), e.getMessage());
      site.availability().awaitRecovery();
    } catch (PodmanException e) {
      refused(e);
    } catch (RuntimeException e) {
      LOG.error("pod {}: unexpected", sandbox.name(), e);
      say(new PodProgress("InternalError", String.valueOf(e.getMessage())));
      Thread.sleep(BackOff.retry(++refusals));
    } finally {
      site.exits().forget(sandbox.infraId());
      leave();
    }
  }

  private void leave() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    sandbox.leave();
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  /** It is made again soon; one that is lost again and again is not made in a hurry. */
  private void lost(String why) throws InterruptedException {
    LOG.info("pod {}: {}; making it again", sandbox.name(), why);
    // What ran in it is over, whatever was seen of it last.
    String reason = init.isEmpty() ? "ContainerCreating" : "PodInitializing";
    init.forEach(report -> report.waiting(reason, why));
    containers.forEach(report -> report.waiting(reason, why));
    Instant now = sandbox.now();
    losses = lastLoss.plus(FORGOTTEN).isAfter(now) ? losses + 1 : 1;
    lastLoss = now;
    Thread.sleep(losses <= LOSSES_IN_A_HURRY ? SOON : LATER);
  }

  /**
   * @return false when an init container failed for good
   */
  private boolean initialized() throws InterruptedException {
    List<Container> inits = desired.pod().getSpec().getInitContainers();
    if (!inits.isEmpty()) {
      stands();
    }
    for (int i = 0; i < inits.size(); i++) {
      int exitCode = new ContainerKeeper(site, sandbox, inits.get(i), true, init.get(i)).keep();
      if (exitCode != 0) {
        return false;
      }
    }
    return true;
  }

  private void keepContainers() throws InterruptedException {
    List<Container> wanted = desired.pod().getSpec().getContainers();
    List<Thread> threads = new ArrayList<>();
    AtomicBoolean lost = new AtomicBoolean();
    for (int i = 0; i < wanted.size(); i++) {
      ContainerKeeper keeper =
          new ContainerKeeper(site, sandbox, wanted.get(i), false, containers.get(i));
      threads.add(
          Thread.ofVirtual()
              .name("container-" + sandbox.name() + "-" + wanted.get(i).getName())
              .start(() -> keep(keeper, lost)));
    }
    try {
      stand(
          () -> {
            if (lost.get()) {
              throw new SandboxLostException("a container found the pod gone");
            }
          });
    } finally {
      for (Thread one : threads) {
        one.interrupt();
      }
      joinAll(threads);
    }
  }

  private void keep(ContainerKeeper keeper, AtomicBoolean lost) {
    try {
      keeper.keep();
    } catch (InterruptedException e) {
      LOG.debug("container {} is kept no longer", keeper.status().name());
    } catch (SandboxLostException e) {
      LOG.debug("pod {}: {}", sandbox.name(), e.getMessage());
      lost.set(true);
      wakeup.signal();
    } catch (RuntimeException e) {
      LOG.error("pod {}: unexpected", sandbox.name(), e);
      lost.set(true);
      wakeup.signal();
    }
  }

  /** Joins even when interrupted: nothing may be done to the pod after {@link #stop}. */
  private static void joinAll(List<Thread> threads) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  private void stands() throws InterruptedException {
    sandbox.awaitAddress();
    refusals = 0;
    say(PodProgress.NORMAL);
  }

  /** Waits as long as the sandbox stands. */
  private void stand(Runnable check) throws InterruptedException {
    stands();
    for (; ; ) {
      wakeup.await(PodSite.LOOK_AGAIN);
      check.run();
      try {
        sandbox.check();
      } catch (PodmanUnavailableException e) {
        site.availability().awaitRecovery();
      }
    }
  }

  private void refused(PodmanException e) throws InterruptedException {
    if (e.vanished()) {
      // Somebody else removes the pod, and it went between two questions.
      lost(e.getMessage());
      return;
    }
    refusals++;
    Duration delay = BackOff.retry(refusals);
    String answer = Images.shortened(e.answer());
    String text = answer.toLowerCase(Locale.ROOT);
    boolean port = text.contains("address already in use") || text.contains("port is already");
    PodProgress said =
        port
            ? new PodProgress(
                "PortConflict",
                PortConflicts.describe(site.podman(), site.instanceId(), answer, desired)
                    + "; trying again in "
                    + delay.toSeconds()
                    + " s; free the port, or change it in the template and update the stack")
            : new PodProgress("FailedCreatePodSandBox", answer);
    LOG.info("pod {}: {}: {}", sandbox.name(), said.reason(), said.message());
    for (ContainerReport report : containers) {
      report.waiting("ContainerCreating", said.message());
      report.failures(refusals);
    }
    say(said);
    Thread.sleep(delay);
  }

  private void say(PodProgress now) {
    progress = now;
    changed.run();
  }
}
