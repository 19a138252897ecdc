package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.image.AttemptFailedException;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one container of a pod: has it made and started, watches it, and has it started again after
 * its end as the restart policy says. Whatever was done before, by this agent or one before it, is
 * found and gone on with. One thread runs {@link #keep}; the status may be read by any.
 */
final class ContainerKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerKeeper.class);
  private static final int START_ERROR = 128;

  private final PodSite site;
  private final PodSandbox sandbox;
  private final Container container;
  private final RestartPolicy policy;
  private final boolean init;
  private final boolean sidecar;
  private final ContainerReport report;
  private final Wakeup wakeup = new Wakeup();
  private final RunClock clock = new RunClock();
  private final ContainerHistory history;
  private final ContainerEnds ends;
  private final ContainerMaker maker;
  private volatile boolean finishing;
  private volatile Optional<ContainerRun> current = Optional.empty();

  ContainerKeeper(
      PodSite site, PodSandbox sandbox, Container container, boolean init, ContainerReport report) {
    this.site = site;
    this.sandbox = sandbox;
    this.container = container;
    this.init = init;
    RestartPolicy ofPod = RestartPolicy.of(sandbox.desired().pod().getSpec().getRestartPolicy());
    this.sidecar = init && Sidecars.is(container);
    this.policy = sidecar ? RestartPolicy.ALWAYS : init ? ofPod.forInit() : ofPod;
    this.report = report;
    this.history = new ContainerHistory(sandbox.memory(), container.getName(), report);
    this.ends = new ContainerEnds(site.podman(), sandbox, container);
    this.maker = new ContainerMaker(site, sandbox, container, report, history, clock, wakeup);
  }

  ContainerStatus status() {
    return report.status();
  }

  /** Has a sidecar end for good, in this run or in one before. Before {@link #keep} is called. */
  void finishAtOnce() {
    finishing = true;
  }

  /**
   * Has a sidecar end for good, because the containers that it served did. For another thread.
   *
   * @param keeping the thread that runs {@link #keep}
   */
  void finish(Thread keeping) throws InterruptedException {
    finishing = true;
    Optional<ContainerRun> running = current;
    if (running.isPresent()) {
      running.get().stop(sandbox.grace());
    } else {
      keeping.interrupt();
    }
    keeping.join();
  }

  /** Whether an earlier run of it, which is the last one, is over. */
  boolean wasOver() throws InterruptedException {
    return history.record().unstarted().isPresent()
        || history.record().succeeded().isPresent()
        || sandbox
            .newest(container.getName(), id -> {})
            .filter(ContainerView::ended)
            .filter(view -> !policy.restarts(view.exitCode()))
            .isPresent();
  }

  /**
   * Returns when the container is over for good.
   *
   * @return its exit code
   * @throws SandboxLostException when the pod around it is gone
   */
  int keep() throws InterruptedException {
    if (history.record().unstarted().isPresent()) {
      return neverStarted(history.record());
    }
    if (history.record().succeeded().isPresent()) {
      return 0;
    }
    Optional<ContainerView> found = Optional.empty();
    boolean look = true;
    for (; ; ) {
      DesiredPod tried = sandbox.desired();
      try {
        if (look) {
          found = maker.find();
          look = false;
        }
        if (finishing && found.isEmpty()) {
          return 0;
        }
        ContainerView view = found.isPresent() ? found.get() : maker.create();
        if (!view.running() && !view.ended()) {
          view = maker.start(view);
        }
        Ended end = view.ended() ? new Ended(view, "") : watch(view);
        ContainerState.Terminated how = ends.told(end.view(), end.why(), history.attempt());
        if (finishing || !policy.restarts(how.exitCode())) {
          report.terminated(
              how, init && how.exitCode() == 0, history.restarts(), Optional.of(end.view()));
          if (!init && policy == RestartPolicy.ON_FAILURE) {
            // What ended with its pod did not come to its end by itself.
            sandbox.check();
            history.succeeded(report.status());
          }
          return how.exitCode();
        }
        // A container that ended with its pod did not fail: the pod is made again as a whole.
        sandbox.check();
        restartAfter(end, how);
        found = Optional.empty();
      } catch (AttemptFailedException e) {
        if (refused(e, tried)) {
          return neverStarted(history.record());
        }
        found = Optional.empty();
      } catch (PodmanUnavailableException e) {
        LOG.info("{}: {}; going on when it answers", name(), e.getMessage());
        site.availability().awaitRecovery();
        sandbox.settled();
        look = true;
      }
    }
  }

  /**
   * A run that is over.
   *
   * @param why the agent ended it; empty when it did not
   */
  private record Ended(ContainerView view, String why) {}

  private Ended watch(ContainerView running) throws InterruptedException {
    ContainerRun run =
        new ContainerRun(site, sandbox, container, running, report, history, clock, ends, wakeup);
    current = Optional.of(run);
    try {
      return new Ended(run.watch(() -> finishing), run.why());
    } finally {
      current = Optional.empty();
    }
  }

  private void restartAfter(Ended end, ContainerState.Terminated how) throws InterruptedException {
    ContainerRecord record = history.record();
    int times = clock.ended(how).compareTo(BackOff.RESET) >= 0 ? 1 : record.ends() + 1;
    boolean well = how.exitCode() == 0 && end.why().isEmpty();
    report.terminated(how, false, history.restarts(), Optional.of(end.view()));
    if (sidecar) {
      // Whatever the pod's policy says of its other containers, this is not the end of it.
      report.waitingAfter("CrashLoopBackOff", "", how);
    }
    history.counting(times, record.failures() + (well ? 0 : 1));
    pause(BackOff.restart(times), how);
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

  /** As a kubelet says it of a container whose first process the runtime could not start. */
  private int neverStarted(ContainerRecord record) {
    report.failures(record.failures());
    record
        .unstarted()
        .ifPresent(how -> report.terminated(how, false, history.restarts(), Optional.empty()));
    return START_ERROR;
  }

  /**
   * Waits until it may be tried again.
   *
   * @param tried with whose values it was
   * @return whether it may not
   */
  private boolean refused(AttemptFailedException e, DesiredPod tried) throws InterruptedException {
    LOG.info("{}: {}: {}", name(), e.reason(), e.getMessage());
    ContainerRecord record = history.record();
    if (e.reason().equals("RunContainerError")) {
      ContainerState.Terminated how =
          new ContainerState.Terminated(
              START_ERROR,
              "StartError",
              e.getMessage(),
              Optional.empty(),
              Optional.of(sandbox.now()));
      if (!policy.restarts(START_ERROR)) {
        // One that cannot start because its pod ended did not fail by itself.
        sandbox.check();
        history.neverStarted(how);
        return true;
      }
      int times = record.ends() + 1;
      report.restarts(history.restarts());
      report.waitingAfter(e.reason(), e.getMessage(), how);
      history.counting(times, record.failures() + 1);
      pause(BackOff.restart(times), how);
      return false;
    }
    report.waiting(e.reason(), e.getMessage());
    history.counting(record.ends(), record.failures() + 1);
    Duration delay = BackOff.retry(record.failures() + 1);
    if (e.reason().equals("ErrImagePull")) {
      // As a kubelet says it while it waits; the cause stays in the message.
      report.waiting(
          "ImagePullBackOff",
          "Back-off pulling image \"" + container.getImage() + "\": " + e.getMessage());
    }
    sandbox.pauseWith(tried, delay);
    return false;
  }

  private String name() {
    return sandbox.name() + "/" + container.getName();
  }
}
