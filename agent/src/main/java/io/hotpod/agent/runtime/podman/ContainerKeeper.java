package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one container of a pod: makes it, starts it, probes it, and starts it again after its end
 * as the restart policy says. Whatever was done before, by this agent or one before it, is found
 * and gone on with. One thread runs {@link #keep}; the status may be read by any.
 */
final class ContainerKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerKeeper.class);
  private static final int START_ERROR = 128;

  /** Without a readiness probe it is ready after it ran for so long. */
  private static final Duration SETTLE = Duration.ofMillis(50);

  /** Ready for so long, it counts as working: failures before are forgotten. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final PodSite site;
  private final PodSandbox sandbox;
  private final Container container;
  private final RestartPolicy policy;
  private final boolean init;
  private final ContainerReport report;
  private final Wakeup wakeup = new Wakeup();
  private final AtomicReference<String> unhealthy = new AtomicReference<>("");
  private volatile ContainerRecord record;
  private volatile Instant readySince = Instant.MAX;

  ContainerKeeper(
      PodSite site, PodSandbox sandbox, Container container, boolean init, ContainerReport report) {
    this.site = site;
    this.sandbox = sandbox;
    this.container = container;
    this.init = init;
    RestartPolicy ofPod = RestartPolicy.of(sandbox.desired().pod().getSpec().getRestartPolicy());
    this.policy = init ? ofPod.forInit() : ofPod;
    this.report = report;
    this.record = sandbox.memory().of(container.getName());
  }

  ContainerStatus status() {
    return report.status();
  }

  /**
   * Returns when the container is over for good.
   *
   * @return its exit code
   * @throws SandboxLostException when the pod around it is gone
   */
  int keep() throws InterruptedException {
    Optional<ContainerView> current = Optional.empty();
    boolean look = true;
    for (; ; ) {
      try {
        if (look) {
          current = sandbox.newest(container.getName());
          current.ifPresent(this::adopted);
          current = withoutUnstarted(current);
          look = false;
        }
        ContainerView view = current.isPresent() ? current.get() : create();
        if (!view.running() && !view.ended()) {
          view = start(view);
        }
        ContainerView ended = view.ended() ? view : watch(view);
        ContainerState.Terminated how = Termination.of(ended, unhealthy.getAndSet(""));
        if (!policy.restarts(ended.exitCode())) {
          report.terminated(
              how,
              init && ended.exitCode() == 0,
              Math.max(record.attempt(), 0),
              Optional.of(ended));
          return ended.exitCode();
        }
        // A container that ended with its pod did not fail: the pod is made again as a whole.
        sandbox.check();
        ended(how, Optional.of(ended));
        current = Optional.empty();
      } catch (AttemptFailedException e) {
        refused(e);
        current = Optional.empty();
      } catch (PodmanUnavailableException e) {
        LOG.info("{}: {}; going on when it answers", name(), e.getMessage());
        site.availability().awaitRecovery();
        sandbox.settled();
        look = true;
      }
    }
  }

  /**
   * One whose start was cut off cannot always be started again; another takes its place and number.
   */
  private Optional<ContainerView> withoutUnstarted(Optional<ContainerView> found)
      throws InterruptedException {
    if (found.isEmpty() || found.get().running() || found.get().ended()) {
      return found;
    }
    try {
      site.podman().removeContainer(found.get().id());
    } catch (PodmanException e) {
      throw new AttemptFailedException("CreateContainerError", Images.shortened(e.answer()), e);
    }
    record = new ContainerRecord(Attempts.of(found.get()) - 1, record.ends(), record.failures());
    return Optional.empty();
  }

  private void adopted(ContainerView view) {
    int attempt = Attempts.of(view);
    if (attempt > record.attempt()) {
      record = new ContainerRecord(attempt, record.ends(), record.failures());
    }
    report.restarts(Math.max(record.attempt(), 0));
    report.failures(record.failures());
  }

  private ContainerView create() throws InterruptedException {
    site.images().ensure(container);
    int attempt = record.attempt() + 1;
    String name = Names.container(sandbox.name(), container.getName(), attempt);
    try {
      ObjectNode specification = sandbox.specification(container, attempt);
      try {
        String id = site.podman().createContainer(specification);
        record = new ContainerRecord(attempt, record.ends(), record.failures());
        return ContainerView.created(id, name);
      } catch (PodmanException e) {
        // Made before, by a run that was interrupted before it heard the answer.
        if (!e.answer().contains("already in use")) {
          throw e;
        }
      }
      record = new ContainerRecord(attempt, record.ends(), record.failures());
      ContainerView view =
          site.podman()
              .container(name)
              .orElseThrow(() -> new SandboxLostException("container " + name + " vanished"));
      if (!site.instanceId().equals(view.labels().get(Labels.INSTANCE))) {
        throw new AttemptFailedException(
            "CreateContainerError",
            "the name " + name + " is taken by a container of another owner");
      }
      return view;
    } catch (ConfigurationException e) {
      throw new AttemptFailedException("CreateContainerConfigError", e.getMessage(), e);
    } catch (PodmanException e) {
      if (e.status() == 404 || e.answer().contains("no such pod")) {
        throw new SandboxLostException(e.getMessage());
      }
      throw new AttemptFailedException("CreateContainerError", Images.shortened(e.answer()), e);
    }
  }

  private ContainerView start(ContainerView view) throws InterruptedException {
    try {
      sandbox.awaitUp();
      site.podman().start(view.id());
      site.exits().watch(view.id(), wakeup);
      return site.podman()
          .container(view.id())
          .orElseThrow(() -> new SandboxLostException(view.name() + " vanished"));
    } catch (PodmanException e) {
      if (e.status() == 404) {
        throw new SandboxLostException(e.getMessage());
      }
      throw new AttemptFailedException("RunContainerError", Images.shortened(e.answer()), e);
    }
  }

  /** Returns how it looked when it had ended. */
  private ContainerView watch(ContainerView running) throws InterruptedException {
    site.exits().watch(running.id(), wakeup);
    report.running(running, Math.max(record.attempt(), 0), previous());
    Prober prober =
        new Prober(site.podman(), site.http(), container, running.id(), sandbox.address());
    try (Probes probes =
        new Probes(
            container, prober, this::probed, reason -> end(running, reason), toSettle(running))) {
      probes.start();
      sandbox.memory().put(container.getName(), record);
      sandbox.tidy(container.getName(), record.attempt());
      for (; ; ) {
        wakeup.await(settling() ? SETTLED : PodSite.LOOK_AGAIN);
        Optional<ContainerView> now = look(running);
        if (now.isEmpty()) {
          return Termination.vanished(running);
        }
        if (now.get().ended()) {
          return now.get();
        }
        settle();
      }
    } finally {
      site.exits().forget(running.id());
    }
  }

  /** Longer after failures; what ran for longer already need not wait. */
  private Duration toSettle(ContainerView running) {
    Duration needed =
        record.failures() == 0 ? SETTLE : Duration.ofSeconds(Math.min(record.failures(), 10));
    Duration ran = Duration.between(running.startedAt().orElse(sandbox.now()), sandbox.now());
    Duration left = needed.minus(ran);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Optional<ContainerView> look(ContainerView running) throws InterruptedException {
    for (; ; ) {
      try {
        return site.podman().container(running.id());
      } catch (PodmanUnavailableException e) {
        site.availability().awaitRecovery();
      }
    }
  }

  private void probed(boolean started, boolean ready) {
    readySince = ready ? sandbox.now() : Instant.MAX;
    report.probed(started, ready);
    if (ready && record.failures() > 0) {
      wakeup.signal();
    }
  }

  private boolean settling() {
    return record.failures() > 0 && readySince.isBefore(Instant.MAX);
  }

  private void settle() {
    if (settling() && !readySince.plus(SETTLED).isAfter(sandbox.now())) {
      remember(new ContainerRecord(record.attempt(), record.ends(), 0));
    }
  }

  private void end(ContainerView running, String why) {
    LOG.info("{}: {}; ending it", name(), why);
    unhealthy.set(why);
    try {
      site.podman().stop(running.id(), sandbox.grace());
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.warn("{}: cannot be ended: {}", name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(ContainerState.Terminated how, Optional<ContainerView> view)
      throws InterruptedException {
    boolean ranLong =
        how.startedAt().isPresent()
            && how.finishedAt().isPresent()
            && Duration.between(how.startedAt().get(), how.finishedAt().get())
                    .compareTo(BackOff.RESET)
                >= 0;
    int ends = ranLong ? 1 : record.ends() + 1;
    boolean well = how.exitCode() == 0 && how.message().isEmpty();
    int failures = record.failures() + (well ? 0 : 1);
    report.terminated(how, false, Math.max(record.attempt(), 0), view);
    remember(new ContainerRecord(record.attempt(), ends, failures));
    pause(BackOff.restart(ends), how);
  }

  private void pause(Duration delay, ContainerState.Terminated how) throws InterruptedException {
    if (delay.isZero()) {
      return;
    }
    report.waitingAfter(
        "CrashLoopBackOff",
        "back-off "
            + delay.toSeconds()
            + "s restarting failed container="
            + container.getName()
            + " pod="
            + sandbox.desired().pod().getMetadata().getName(),
        how);
    sandbox.pause(delay);
  }

  private void refused(AttemptFailedException e) throws InterruptedException {
    LOG.info("{}: {}: {}", name(), e.reason(), e.getMessage());
    if (e.reason().equals("RunContainerError")) {
      ContainerState.Terminated how =
          new ContainerState.Terminated(
              START_ERROR,
              "StartError",
              e.getMessage(),
              Optional.empty(),
              Optional.of(sandbox.now()));
      int ends = record.ends() + 1;
      report.restarts(Math.max(record.attempt(), 0));
      report.waitingAfter(e.reason(), e.getMessage(), how);
      remember(new ContainerRecord(record.attempt(), ends, record.failures() + 1));
      pause(BackOff.restart(ends), how);
      return;
    }
    report.waiting(e.reason(), e.getMessage());
    remember(new ContainerRecord(record.attempt(), record.ends(), record.failures() + 1));
    Duration delay = BackOff.retry(record.failures());
    if (e.reason().equals("ErrImagePull")) {
      // As a kubelet says it while it waits; the cause stays in the message.
      report.waiting(
          "ImagePullBackOff",
          "Back-off pulling image \"" + container.getImage() + "\": " + e.getMessage());
    }
    sandbox.pause(delay);
  }

  private void remember(ContainerRecord now) {
    record = now;
    report.failures(now.failures());
    sandbox.memory().put(container.getName(), now);
  }

  /** How the run before this one ended, as this agent saw it or else as Podman still knows. */
  private Optional<ContainerState.Terminated> previous() throws InterruptedException {
    if (report.status().state() instanceof ContainerState.Terminated terminated) {
      return Optional.of(terminated);
    }
    if (record.attempt() <= 0 || report.status().lastTermination().isPresent()) {
      return Optional.empty();
    }
    return site.podman()
        .container(Names.container(sandbox.name(), container.getName(), record.attempt() - 1))
        .filter(ContainerView::ended)
        .map(view -> Termination.of(view, ""));
  }

  private String name() {
    return sandbox.name() + "/" + container.getName();
  }
}
