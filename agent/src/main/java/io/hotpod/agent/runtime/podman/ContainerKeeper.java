package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
  private static final int LINES_TOLD = 80;
  private static final int BYTES_TOLD = 2048;

  /** A hook that takes longer hangs. */
  private static final Duration LONGEST_HOOK = Duration.ofMinutes(10);

  /** Without a readiness probe it is ready when it is still there after so long. */
  private static final Duration SETTLE = Duration.ofMillis(20);

  /** Ready for so long, it counts as working: failures before are forgotten. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final PodSite site;
  private final PodSandbox sandbox;
  private final Container container;
  private final RestartPolicy policy;
  private final boolean init;
  private final boolean sidecar;
  private final RegistryCredentials credentials;
  private final ContainerReport report;
  private final Wakeup wakeup = new Wakeup();
  private final AtomicReference<String> unhealthy = new AtomicReference<>("");
  private volatile ContainerRecord record;
  private volatile Optional<Long> readySince = Optional.empty();
  private Optional<Long> startedAt = Optional.empty();
  private Optional<Instant> adoptedAt = Optional.empty();
  private volatile boolean finishing;
  private volatile Optional<ContainerView> current = Optional.empty();

  ContainerKeeper(
      PodSite site,
      PodSandbox sandbox,
      Container container,
      boolean init,
      ContainerReport report,
      RegistryCredentials credentials) {
    this.site = site;
    this.sandbox = sandbox;
    this.container = container;
    this.init = init;
    RestartPolicy ofPod = RestartPolicy.of(sandbox.desired().pod().getSpec().getRestartPolicy());
    this.sidecar = init && Sidecars.is(container);
    this.policy = sidecar ? RestartPolicy.ALWAYS : init ? ofPod.forInit() : ofPod;
    this.credentials = credentials;
    this.report = report;
    this.record = sandbox.memory().of(container.getName());
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
    Optional<ContainerView> running = current;
    if (running.isPresent()) {
      stop(running.get(), sandbox.grace());
    } else {
      keeping.interrupt();
    }
    keeping.join();
  }

  /** Whether an earlier run of it, which is the last one, is over. */
  boolean wasOver() throws InterruptedException {
    return sandbox
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
    Optional<ContainerView> found = Optional.empty();
    boolean look = true;
    for (; ; ) {
      try {
        if (look) {
          found = adopt();
          found = withoutUnstarted(found);
          look = false;
        }
        if (finishing && found.isEmpty()) {
          return 0;
        }
        ContainerView view = found.isPresent() ? found.get() : create();
        if (!view.running() && !view.ended()) {
          view = start(view);
        }
        ContainerView ended = view.ended() ? view : watch(view);
        String why = unhealthy.getAndSet("");
        ContainerState.Terminated how = told(ended, why, record.attempt());
        if (finishing || !policy.restarts(ended.exitCode())) {
          report.terminated(
              how,
              init && ended.exitCode() == 0,
              Math.max(record.attempt(), 0),
              Optional.of(ended));
          return ended.exitCode();
        }
        // A container that ended with its pod did not fail: the pod is made again as a whole.
        sandbox.check();
        ended(how, !why.isEmpty(), Optional.of(ended));
        found = Optional.empty();
      } catch (AttemptFailedException e) {
        refused(e);
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
    record = record.at(Attempts.of(found.get()) - 1);
    return Optional.empty();
  }

  /** How it ended, with the reason that the agent had, or else with its own last words. */
  private ContainerState.Terminated told(ContainerView ended, String why, int attempt)
      throws InterruptedException {
    String words = why.isEmpty() ? sandbox.lastWords(container, attempt) : why;
    boolean fallback =
        "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())
            && words.isEmpty()
            && ended.exitCode() != 0;
    boolean outOfMemory =
        ended.outOfMemory()
            || (why.isEmpty() && OutOfMemory.isPossible(ended) && OutOfMemory.wasSaid(ended.id()));
    return Termination.of(ended, fallback ? lastLines(ended.id()) : words, outOfMemory);
  }

  /** The end of what it wrote: at most 80 lines and 2048 bytes, as from a kubelet. */
  private String lastLines(String id) throws InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      site.podman().logs(id, Optional.of(LINES_TOLD), false, output);
    } catch (IOException | PodmanException | PodmanUnavailableException e) {
      LOG.debug("{}: its last lines cannot be read: {}", name(), e.getMessage());
    }
    byte[] bytes = output.toByteArray();
    int from = Math.max(0, bytes.length - BYTES_TOLD);
    return new String(bytes, from, bytes.length - from, UTF_8).strip();
  }

  /** Finds what was made before. Its end is not missed, whenever it comes. */
  private Optional<ContainerView> adopt() throws InterruptedException {
    Instant asked = sandbox.now();
    Optional<ContainerView> found =
        sandbox.newest(container.getName(), id -> site.exits().watch(id, wakeup));
    found.ifPresent(this::adopted);
    adoptedAt = found.filter(ContainerView::running).map(view -> asked);
    found.filter(view -> !view.running()).ifPresent(view -> site.exits().forget(view.id()));
    return found;
  }

  private void adopted(ContainerView view) {
    int attempt = Attempts.of(view);
    if (attempt > record.attempt()) {
      record = record.at(attempt);
    }
    report.restarts(Math.max(record.attempt(), 0));
    report.failures(record.failures());
  }

  private ContainerView create() throws InterruptedException {
    Images.Ensured image = site.images().ensure(container, credentials);
    report.remark(image.remark());
    try {
      ContainerView view = create(record.attempt() + 1);
      sandbox.made(view.id());
      return view;
    } catch (PodmanException e) {
      if (!image.looked() && site.images().gone(container.getImage(), e)) {
        return create();
      }
      if (e.status() == 404 || e.answer().contains("no such pod")) {
        throw new SandboxLostException(e.getMessage());
      }
      throw new AttemptFailedException("CreateContainerError", Images.shortened(e.answer()), e);
    }
  }

  private ContainerView create(int attempt) throws InterruptedException {
    String name = Names.container(sandbox.name(), container.getName(), attempt);
    try {
      ObjectNode specification = sandbox.specification(container, attempt, imageUser());
      try {
        return created(name, attempt, specification);
      } catch (PodmanException e) {
        // Made before, by a run that was interrupted before it heard the answer.
        if (!e.answer().contains("already in use")) {
          throw e;
        }
      }
      Optional<ContainerView> found = site.podman().container(name);
      if (found.isEmpty()) {
        // Podman ended while it made it: its storage has the name, and Podman knows no container.
        LOG.info("{}: {} was made by half; making it again", name(), name);
        site.podman().removeContainer(name);
        return created(name, attempt, specification);
      }
      record = record.at(attempt);
      ContainerView view = found.get();
      if (!site.instanceId().equals(view.labels().get(Labels.INSTANCE))) {
        throw new AttemptFailedException(
            "CreateContainerError",
            "the name " + name + " is taken by a container of another owner");
      }
      return view;
    } catch (ConfigurationException e) {
      throw new AttemptFailedException("CreateContainerConfigError", e.getMessage(), e);
    }
  }

  private ContainerView created(String name, int attempt, ObjectNode specification)
      throws InterruptedException {
    String id = site.podman().createContainer(specification);
    record = record.at(attempt);
    return ContainerView.created(id, name);
  }

  /** The user that the image names, where something depends on it. */
  private String imageUser() throws InterruptedException {
    boolean rootForbidden = RootUsers.areForbidden(container);
    if (!rootForbidden
        && !ContainerUser.of(container, sandbox.desired().pod().getSpec()).needsImage()) {
      return "";
    }
    String user = site.images().user(container.getImage());
    if (rootForbidden) {
      RootUsers.check(container, user);
    }
    return user;
  }

  private ContainerView start(ContainerView view) throws InterruptedException {
    try {
      sandbox.start(view.id());
      startedAt = Optional.of(System.nanoTime());
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
    report.probeSaid("");
    current = Optional.of(running);
    Prober prober = prober(running);
    try (Probes probes =
        new Probes(
            container,
            prober,
            this::probed,
            (reason, grace) -> end(running, reason, grace.orElse(sandbox.grace())),
            toSettle(running),
            report::probeSaid)) {
      sandbox.memory().put(container.getName(), record);
      if (finishing) {
        stop(running, sandbox.grace());
      } else if (postStarted(running, prober)) {
        probes.start();
      }
      sandbox.tidy(container, record.attempt());
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
      current = Optional.empty();
      site.exits().forget(running.id());
    }
  }

  private Prober prober(ContainerView running) throws InterruptedException {
    return new Prober(
        site.podman(), site.http(), container, running.id(), running.process(), sandbox.address());
  }

  /**
   * Carries out the postStart hook, once for each run of the container.
   *
   * @return false when it failed, and the container is ended for that
   */
  private boolean postStarted(ContainerView running, Prober prober) throws InterruptedException {
    Optional<LifecycleHandler> hook =
        Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPostStart);
    if (hook.isEmpty() || record.hooked().equals(Optional.of(record.attempt()))) {
      return true;
    }
    Optional<String> failure = new Hooks(prober).run(hook.get(), LONGEST_HOOK);
    if (failure.isPresent()) {
      end(running, "PostStartHookError: " + failure.get(), sandbox.grace());
      return false;
    }
    remember(record.afterHook());
    return true;
  }

  /**
   * Longer after failures; what ran for longer already need not wait. Empty when it was found after
   * it had run for so long.
   */
  private Optional<Duration> toSettle(ContainerView running) {
    Optional<Instant> found = adoptedAt;
    adoptedAt = Optional.empty();
    return found.isPresent() && toSettle(running, found.get()).isZero()
        ? Optional.empty()
        : Optional.of(toSettle(running, sandbox.now()));
  }

  private Duration toSettle(ContainerView running, Instant now) {
    Duration needed =
        record.failures() == 0 ? SETTLE : Duration.ofSeconds(Math.min(record.failures(), 10));
    Duration ran = Duration.between(running.startedAt().orElse(now), now);
    // One from the future was started before somebody set the clock.
    Duration left = ran.isNegative() ? needed : needed.minus(ran);
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
    readySince = ready ? Optional.of(System.nanoTime()) : Optional.empty();
    report.probed(started, ready);
    if (ready && record.failures() > 0) {
      wakeup.signal();
    }
  }

  private boolean settling() {
    return record.failures() > 0 && readySince.isPresent();
  }

  private void settle() {
    Optional<Long> since = readySince;
    if (settling() && since.isPresent() && System.nanoTime() - since.get() >= SETTLED.toNanos()) {
      remember(record.counting(record.ends(), 0));
    }
  }

  private void end(ContainerView running, String why, Duration grace) {
    LOG.info("{}: {}; ending it", name(), why);
    unhealthy.set(why);
    stop(running, grace);
  }

  private void stop(ContainerView running, Duration grace) {
    try {
      ContainerStop.stop(site.podman(), prober(running), container, running.id(), grace);
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.warn("{}: cannot be ended: {}", name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(
      ContainerState.Terminated how, boolean wasUnhealthy, Optional<ContainerView> view)
      throws InterruptedException {
    int ends = ran(how).compareTo(BackOff.RESET) >= 0 ? 1 : record.ends() + 1;
    startedAt = Optional.empty();
    boolean well = how.exitCode() == 0 && !wasUnhealthy;
    int failures = record.failures() + (well ? 0 : 1);
    report.terminated(how, false, Math.max(record.attempt(), 0), view);
    if (sidecar) {
      // Whatever the pod's policy says of its other containers, this is not the end of it.
      report.waitingAfter("CrashLoopBackOff", "", how);
    }
    remember(record.counting(ends, failures));
    pause(BackOff.restart(ends), how);
  }

  /**
   * How long it ran. When another run of the agent started it is known by the machine's clock
   * alone, which somebody may have set meanwhile.
   */
  private Duration ran(ContainerState.Terminated how) {
    if (startedAt.isPresent()) {
      return Duration.ofNanos(System.nanoTime() - startedAt.get());
    }
    return how.startedAt().isPresent() && how.finishedAt().isPresent()
        ? Duration.between(how.startedAt().get(), how.finishedAt().get())
        : Duration.ZERO;
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
      remember(record.counting(ends, record.failures() + 1));
      pause(BackOff.restart(ends), how);
      return;
    }
    report.waiting(e.reason(), e.getMessage());
    remember(record.counting(record.ends(), record.failures() + 1));
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
    Optional<ContainerView> before =
        site.podman()
            .container(Names.container(sandbox.name(), container.getName(), record.attempt() - 1))
            .filter(ContainerView::ended);
    return before.isEmpty()
        ? Optional.empty()
        : Optional.of(told(before.get(), "", record.attempt() - 1));
  }

  private String name() {
    return sandbox.name() + "/" + container.getName();
  }
}
