package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.libpod.Uptime;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
  private volatile DesiredPod desired;
  private final PodSandbox sandbox;
  private final Runnable listener;
  private final AtomicLong changes = new AtomicLong();
  private volatile Optional<Seen> seen = Optional.empty();
  private final List<ContainerReport> init = new ArrayList<>();
  private final List<ContainerReport> containers = new ArrayList<>();
  private volatile PodProgress progress = PodProgress.NORMAL;
  private final AtomicBoolean terminating = new AtomicBoolean();
  private final Wakeup wakeup = new Wakeup();
  private final Wakeup reported = new Wakeup();
  private final PodLimits limits;
  private final Optional<ActiveTime> active;
  private final FileReplacement files;
  private final PodEnding ending;
  private final Thread thread;
  private int refusals;
  private int losses;
  private long lastLoss;

  /**
   * @param found the pod as Podman lists it; empty for one that is not there yet
   * @param changed run after each change of what is observed
   */
  PodKeeper(
      PodSite site,
      DesiredPod desired,
      PodMemory memory,
      Clock clock,
      Optional<PodView> found,
      Runnable changed) {
    this.site = site;
    this.desired = desired;
    this.listener = changed;
    this.sandbox = new PodSandbox(site, desired, memory, clock, found);
    this.files = new FileReplacement(sandbox, this::desired, this::changed);
    List<Container> inits = desired.pod().getSpec().getInitContainers();
    String reason = inits.isEmpty() ? "ContainerCreating" : "PodInitializing";
    inits.forEach(container -> init.add(new ContainerReport(container, reason, this::reported)));
    for (Container container : desired.pod().getSpec().getContainers()) {
      containers.add(new ContainerReport(container, reason, this::reported));
    }
    this.ending = new PodEnding(site, sandbox, init, containers);
    Optional<Long> deadline =
        Optional.ofNullable(desired.pod().getSpec().getActiveDeadlineSeconds());
    this.limits = new PodLimits(deadline, sandbox.volumes().limited());
    this.active = deadline.map(any -> new ActiveTime(memory));
    thread = Thread.ofVirtual().name("pod-" + sandbox.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What the pod was after so many changes. */
  private record Seen(long changes, ObservedPod pod) {}

  private void changed() {
    changes.incrementAndGet();
    listener.run();
  }

  private void reported() {
    changed();
    reported.signal();
  }

  String podName() {
    return sandbox.name();
  }

  DesiredPod desired() {
    return desired;
  }

  /**
   * The same pod with other values in its config maps and secrets: its files are replaced, nothing
   * is restarted. Returns at once.
   */
  void update(DesiredPod now) {
    if (now.configMaps().equals(desired.configMaps()) && now.secrets().equals(desired.secrets())) {
      return;
    }
    desired = now;
    files.later();
  }

  /** Ends the keeping and leaves the pod as it is; returns once nothing more is done to it. */
  void stop() throws InterruptedException {
    thread.interrupt();
    files.stop();
    thread.join();
  }

  void terminating() {
    terminating.set(true);
    changed();
  }

  /** The same object until something changes: many look, each time another pod changed. */
  ObservedPod observed() {
    long now = changes.get();
    Optional<Seen> last = seen;
    if (last.isPresent() && last.get().changes() == now) {
      return last.get().pod();
    }
    ObservedPod pod = look();
    seen = Optional.of(new Seen(now, pod));
    return pod;
  }

  private ObservedPod look() {
    List<ContainerStatus> inits = statuses(init);
    List<ContainerStatus> statuses = statuses(containers);
    RestartPolicy policy = RestartPolicy.of(desired.pod().getSpec().getRestartPolicy());
    Set<String> sidecars = Sidecars.names(desired.pod().getSpec());
    Optional<PodEnd> end = sandbox.memory().end();
    boolean ended = end.isPresent();
    PodPhase phase = ended ? PodPhase.FAILED : Observation.phase(policy, sidecars, inits, statuses);
    PodProgress said =
        end.map(each -> new PodProgress(each.reason(), each.message())).orElse(progress);
    String remark =
        reports()
            .map(ContainerReport::remark)
            .filter(words -> !words.isEmpty())
            .findFirst()
            .or(() -> overtaken(statuses))
            .orElse("");
    Optional<PodResult> result = sandbox.memory().result();
    return new ObservedPod(
        desired.id(),
        sandbox.name(),
        desired.token(),
        phase,
        !ended && !terminating.get() && Observation.ready(sidecars, inits, statuses),
        terminating.get(),
        said.reason(),
        said.message().isEmpty() ? remark : said.message(),
        Optional.of(sandbox.uid())
            .filter(uid -> !uid.isEmpty())
            .or(() -> result.map(PodResult::uid)),
        sandbox.ip().or(() -> result.flatMap(PodResult::podIp)),
        Optional.of(site.hostIp()).filter(ip -> !ip.isEmpty()),
        sandbox.startedAt().or(() -> result.flatMap(PodResult::startedAt)),
        Observation.conditions(phase, sidecars, inits, statuses),
        inits,
        statuses,
        sandbox.rendered());
  }

  private List<ContainerStatus> statuses(List<ContainerReport> reports) {
    return reports.stream().map(ContainerReport::status).map(site.namedImages()::told).toList();
  }

  /** Which container has an image whose name another one has now; nothing is wrong with that. */
  private static Optional<String> overtaken(List<ContainerStatus> statuses) {
    return statuses.stream()
        .filter(
            status ->
                status.madeFrom().filter(made -> made.isOvertaken(status.image())).isPresent())
        .map(
            status ->
                "image %s is another one now than container %s was made from, which takes it with its next start"
                    .formatted(status.image(), status.name()))
        .findFirst();
  }

  /** References name other images than before. */
  void imagesNamed() {
    changed();
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
      if (ending.isThere()) {
        standOver();
      }
      containers.forEach(report -> succeeded(report).ifPresent(report::remembered));
      sandbox.open(init.isEmpty() ? left() : 1, wakeup);
      files.refresh();
      PodRun run = new PodRun(site, sandbox, init, containers, reported, wakeup);
      run.begin();
      try {
        stand(run);
      } finally {
        run.end();
      }
    } catch (IOException | ConfigurationException e) {
      say(new PodProgress("FailedCreatePodSandBox", String.valueOf(e.getMessage())));
      Thread.sleep(BackOff.retry(++refusals));
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
      leave();
    }
  }

  /** How many containers are still to be run. */
  private int left() {
    return (int) containers.stream().filter(report -> succeeded(report).isEmpty()).count();
  }

  private Optional<ContainerStatus> succeeded(ContainerReport report) {
    return sandbox.memory().of(report.status().name()).succeeded();
  }

  private Stream<ContainerReport> reports() {
    return Stream.concat(init.stream(), containers.stream());
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
    LOG.info("pod {}: {}; beginning anew", sandbox.name(), why);
    // What ran in it is over, whatever was seen of it last.
    String reason = init.isEmpty() ? "ContainerCreating" : "PodInitializing";
    reports()
        .filter(report -> succeeded(report).isEmpty())
        .forEach(report -> report.waiting(reason, why));
    long now = System.nanoTime();
    boolean again = losses > 0 && now - lastLoss < FORGOTTEN.toNanos();
    losses = again ? losses + 1 : 1;
    lastLoss = now;
    Thread.sleep(losses <= LOSSES_IN_A_HURRY ? SOON : LATER);
  }

  /** Waits as long as the pod stands and may go on. */
  private void stand(PodRun run) throws InterruptedException {
    sandbox.awaitAddress();
    refusals = 0;
    say(PodProgress.NORMAL);
    for (; ; ) {
      wakeup.await(limits.next(activeTime()));
      run.check();
      PodPhase phase = observed().phase();
      boolean alive = phase == PodPhase.RUNNING || phase == PodPhase.PENDING;
      Optional<PodEnd> exceeded =
          alive ? limits.exceeded(activeTime(), System.nanoTime()) : Optional.empty();
      if (exceeded.isPresent()) {
        ending.byAgent(exceeded.get());
        return;
      }
      boolean over = run.over() && !alive;
      try {
        // What ended with its pod did not come to its end by itself.
        sandbox.check();
        if (over) {
          ending.byItself();
          return;
        }
      } catch (PodmanUnavailableException e) {
        site.availability().awaitRecovery();
        wakeup.signal();
      }
    }
  }

  /** The pod came to its end: it is told as it was, whatever Podman still has of it. */
  private void standOver() throws InterruptedException, IOException {
    changed();
    ending.tell();
    if (!ending.isByAgent()) {
      files.refresh();
      say(PodProgress.NORMAL);
    }
    for (; ; ) {
      wakeup.await(PodSite.LOOK_AGAIN);
    }
  }

  private Duration activeTime() {
    return active
        .map(time -> time.at(sandbox.startedAt(), sandbox.now(), Uptime.now()))
        .orElse(Duration.ZERO);
  }

  /**
   * Stops the containers in their order, with their hooks. Only after {@link #stop}.
   *
   * @throws PodmanUnavailableException when Podman does not answer
   */
  void stopContainers() throws InterruptedException {
    ending.stopContainers();
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
    changed();
  }
}
