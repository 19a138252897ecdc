package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** What is known of one pod: its file, what was said of it last, and who looks after it. */
final class KubeletPod {
  private enum Stage {
    /** It has no file yet. */
    STARTING,
    WRITTEN,
    GOING
  }

  /** A kubelet looks after a pod while this agent knows nothing about the pod's files yet. */
  private static final String UNKNOWN = "unknown";

  /** How many usual pauses between two views count as one that the kubelet was heard in. */
  private static final int PAUSES = 2;

  private final PodKey key;
  private final String name;
  private final KubeletTimings timings;
  private final ReentrantLock lock = new ReentrantLock();
  private Stage stage;
  private Optional<StaticPodFile> file;
  private Optional<PodReading> reading = Optional.empty();
  private Optional<Instant> writtenAt = Optional.empty();
  private Optional<Thread> keeper = Optional.empty();
  private Optional<DesiredPod> desired = Optional.empty();
  private Optional<DesiredPod> rendered = Optional.empty();
  private String configuration = UNKNOWN;
  private Optional<Thread> catchingUp = Optional.empty();
  private Unshown unshown;
  private long writtenNanos = System.nanoTime();
  private ObservedPod observed;

  private KubeletPod(
      PodKey key, String name, Stage stage, Optional<StaticPodFile> file, KubeletTimings timings) {
    this.key = key;
    this.name = name;
    this.stage = stage;
    this.file = file;
    this.timings = timings;
    unshown = unshown(writtenNanos);
    observed = nothing(PodPhase.PENDING, "", "", List.of());
    file.ifPresent(one -> reading = Optional.of(new PodReading(one, timings)));
  }

  /** One that has no file yet. */
  static KubeletPod wanted(PodKey key, String name, KubeletTimings timings) {
    return new KubeletPod(key, name, Stage.STARTING, Optional.empty(), timings);
  }

  /** One whose file was found. */
  static KubeletPod found(StaticPodFile file, Optional<Instant> at, KubeletTimings timings) {
    KubeletPod pod =
        new KubeletPod(file.key(), file.name(), Stage.WRITTEN, Optional.of(file), timings);
    pod.writtenAt = at;
    return pod;
  }

  /** One that an earlier run began to remove. */
  static KubeletPod leaving(Removal removal, KubeletTimings timings) {
    return new KubeletPod(removal.key(), removal.name(), Stage.GOING, Optional.empty(), timings);
  }

  PodKey key() {
    return key;
  }

  String name() {
    return name;
  }

  private Unshown unshown(long since) {
    return new Unshown(timings.idlePoll().multipliedBy(PAUSES), since);
  }

  /**
   * What it should be from now on. Contents of one key differ in the values of config maps and
   * secrets and in their place in the order of a boot.
   *
   * @param catchUp not started yet; is started when nobody else makes the files what they should be
   */
  void desire(DesiredPod now, Thread catchUp) {
    lock.lock();
    try {
      desired = Optional.of(now);
      if (stage == Stage.WRITTEN && keeper.isPresent() && catchingUp.isEmpty() && isBehind()) {
        catchingUp = Optional.of(catchUp);
        catchUp.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Empty until somebody asked for it in this run of the agent. */
  Optional<DesiredPod> desired() {
    lock.lock();
    try {
      return desired;
    } finally {
      lock.unlock();
    }
  }

  /** The ports of the machine that it asks for; empty when neither file nor anybody says. */
  Optional<HostPorts> hostPorts() {
    return file()
        .flatMap(StaticPodFile::hostPorts)
        .or(() -> desired().map(wanted -> HostPorts.of(wanted.pod())));
  }

  /** What the files are to become; when they are that, whoever asks is to end. */
  Optional<DesiredPod> behind() {
    lock.lock();
    try {
      if (stage == Stage.WRITTEN && isBehind()) {
        return desired;
      }
      catchingUp = Optional.empty();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isBehind() {
    return desired.isPresent() && (rendered.isEmpty() || !sameFiles(rendered.get(), desired.get()));
  }

  private static boolean sameFiles(DesiredPod left, DesiredPod right) {
    return left.configMaps().equals(right.configMaps())
        && left.secrets().equals(right.secrets())
        && PodStarter.isFleeting(left) == PodStarter.isFleeting(right);
  }

  /** Its files are what this content asks for. */
  void rendered(DesiredPod now) {
    String revision = now.configurationRevision();
    lock.lock();
    try {
      rendered = Optional.of(now);
      configuration = revision;
    } finally {
      lock.unlock();
    }
  }

  Optional<StaticPodFile> file() {
    lock.lock();
    try {
      return file;
    } finally {
      lock.unlock();
    }
  }

  /** Whether this is another content of the same deployment, with a file of its own. */
  boolean standsBeside(KubeletPod other) {
    return other != this && other.key.podId().equals(key.podId()) && file().isPresent();
  }

  boolean isGoing() {
    lock.lock();
    try {
      return stage == Stage.GOING;
    } finally {
      lock.unlock();
    }
  }

  boolean isWritten() {
    lock.lock();
    try {
      return stage == Stage.WRITTEN;
    } finally {
      lock.unlock();
    }
  }

  ObservedPod observed() {
    lock.lock();
    try {
      return observed.withConfiguration(configuration);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts the thread that looks after the pod, once; a pod that is going has none any more.
   *
   * @return whether it was started
   */
  boolean keep(Thread thread) {
    lock.lock();
    try {
      if (keeper.isPresent() || stage == Stage.GOING) {
        return false;
      }
      keeper = Optional.of(thread);
      thread.start();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Its file is in its place now; what was said of an earlier one counts no more. */
  void written(StaticPodFile now, Optional<Instant> at) {
    lock.lock();
    try {
      file = Optional.of(now);
      reading = Optional.of(new PodReading(now, timings));
      writtenAt = at;
      writtenNanos = System.nanoTime();
      unshown = unshown(writtenNanos);
      observed = nothing(PodPhase.PENDING, "", "", List.of());
      if (stage == Stage.STARTING) {
        stage = Stage.WRITTEN;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sees to it that a boot clears its file, or that it does not. Once it is on its way out, nothing
   * is done any more.
   */
  void place(ManifestDirectory directory, boolean untilBoot) throws IOException {
    lock.lock();
    try {
      if (stage == Stage.WRITTEN && file.isPresent()) {
        directory.place(file.get(), untilBoot);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether its file was in its place already.
   *
   * @param nanos by {@link System#nanoTime}
   */
  boolean wasWrittenBefore(long nanos) {
    lock.lock();
    try {
      return writtenNanos - nanos < 0;
    } finally {
      lock.unlock();
    }
  }

  /** It cannot be started, and this is why; it is tried again unless the reason is the content. */
  void held(String reason, String message) {
    lock.lock();
    try {
      observed = nothing(PodPhase.PENDING, reason, message, List.of());
    } finally {
      lock.unlock();
    }
  }

  /** It names what it does not bring along; other values may change that. */
  void misconfigured(DesiredPod desired, String message) {
    lock.lock();
    try {
      ContainerState state = new ContainerState.Waiting("CreateContainerConfigError", message);
      List<ContainerStatus> containers =
          desired.pod().getSpec().getContainers().stream()
              .map(
                  container ->
                      new ContainerStatus(
                          container.getName(),
                          state,
                          Optional.empty(),
                          false,
                          false,
                          0,
                          1,
                          container.getImage(),
                          Optional.empty(),
                          Optional.empty()))
              .toList();
      observed = nothing(PodPhase.PENDING, "", "", containers);
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on it is on its way out; whoever looked after it has stopped when this returns.
   *
   * @throws InterruptedException when the caller is to stop first
   */
  void leave() throws InterruptedException {
    lock.lock();
    try {
      stage = Stage.GOING;
      observed = observed.leaving();
    } finally {
      lock.unlock();
    }
    stop();
  }

  /** It cannot be taken away, and this is why; that is tried again. */
  void stays(String why) {
    lock.lock();
    try {
      observed = observed.leaving("RemovalFailed", why);
    } finally {
      lock.unlock();
    }
  }

  /** Nobody looks after it any more; the pod itself goes on. */
  void stop() throws InterruptedException {
    Optional<Thread> keeping;
    Optional<Thread> files;
    lock.lock();
    try {
      keeping = keeper;
      files = catchingUp;
    } finally {
      lock.unlock();
    }
    stop(keeping);
    stop(files);
  }

  private static void stop(Optional<Thread> keeping) throws InterruptedException {
    if (keeping.isPresent()) {
      keeping.get().interrupt();
      keeping.get().join();
    }
  }

  /** Whether the kubelet shows the containers of this pod's file. */
  boolean isShownIn(KubeletView view) {
    lock.lock();
    try {
      return reading.map(one -> view.pods().stream().anyMatch(one::showsContainers)).orElse(false);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in what the kubelet says now.
   *
   * @param beside an older content of the same deployment stands beside it, and goes when this one
   *     is ready: so this one is to be ready beyond doubt
   * @return whether that is anything new
   */
  boolean follow(
      KubeletView view, ManifestDirectory directory, boolean beside, String hostIp, Instant now) {
    lock.lock();
    try {
      ObservedPod before = observed;
      if (stage == Stage.WRITTEN && file.isPresent() && reading.isPresent()) {
        observed = look(view, file.get(), reading.get(), directory, beside, hostIp, now);
      }
      return !observed.equals(before);
    } finally {
      lock.unlock();
    }
  }

  private ObservedPod look(
      KubeletView view,
      StaticPodFile own,
      PodReading status,
      ManifestDirectory directory,
      boolean beside,
      String hostIp,
      Instant now) {
    Optional<JsonNode> shown = view.pods().stream().filter(own::isShownAs).findFirst();
    if (shown.isPresent()) {
      unshown.shown(view.begun());
      Duration atLeast = beside ? timings.doubt() : Duration.ZERO;
      return status.read(shown.get(), writtenAt, hostIp, atLeast, now, view);
    }
    if (unshown.missing(view.begun()).compareTo(timings.shownWithin()) <= 0) {
      return nothing(PodPhase.PENDING, "", "", List.of());
    }
    Absence absence = Absence.of(own, directory, view);
    return nothing(PodPhase.FAILED, absence.reason(), absence.message(), List.of());
  }

  private ObservedPod nothing(
      PodPhase phase, String reason, String message, List<ContainerStatus> containers) {
    return new ObservedPod(
        key.podId(),
        name,
        key.token(),
        phase,
        false,
        stage == Stage.GOING,
        reason,
        message,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        writtenAt,
        List.of(),
        List.of(),
        containers);
  }
}
