package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pod in Podman that containers are put into: its infra container holds network and ports.
 * {@link #open} is done by one thread; the rest is for the container keepers.
 */
final class PodSandbox {
  private static final Logger LOG = LoggerFactory.getLogger(PodSandbox.class);

  /** How long the start of the infra container waits for containers that are not made yet. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final PodSite site;
  private volatile DesiredPod desired;
  private final PodMemory memory;
  private final Volumes volumes;
  private final SandboxFiles files;
  private final Clock clock;
  private final String name;
  private volatile boolean expected;
  private Optional<PodView> listed;
  private volatile Optional<PodView> members = Optional.empty();
  private volatile boolean fresh;
  private volatile Optional<String> rendered = Optional.empty();
  private volatile String uid = "";
  private volatile String infraId = "";
  private volatile Optional<ContainerView> infra = Optional.empty();
  private volatile FirstContainers first = new FirstContainers(0);
  private volatile Optional<String> startedAlready = Optional.empty();
  private volatile CompletableFuture<Boolean> up = new CompletableFuture<>();
  private volatile CompletableFuture<ContainerView> seen = new CompletableFuture<>();
  private volatile Thread starter = Thread.ofVirtual().unstarted(() -> {});

  /**
   * @param found the pod as Podman lists it; one that was not found is made without a look
   */
  PodSandbox(
      PodSite site, DesiredPod desired, PodMemory memory, Clock clock, Optional<PodView> found) {
    this.listed = found;
    this.expected = found.isPresent();
    this.site = site;
    this.desired = desired;
    this.memory = memory;
    this.clock = clock;
    this.name = Names.pod(site.instanceId(), desired);
    this.volumes = new Volumes(site.volumes(), name, desired);
    this.files =
        new SandboxFiles(site.volumes(), name, desired.pod().getSpec(), hostnames(desired));
  }

  /** Those of a pod with a network of its own; one without has the machine's. */
  private static Optional<Hostnames> hostnames(DesiredPod desired) {
    return Boolean.TRUE.equals(desired.pod().getSpec().getHostNetwork())
            || desired.pod().getSpec().getSubdomain() == null
        ? Optional.empty()
        : Optional.of(Hostnames.of(desired.pod()));
  }

  /**
   * Finds or makes the pod and has its infra container started. Containers can be made in it from
   * now on, and started by {@link #start}. In a pod that is new the start waits a moment for the
   * first containers: Podman makes none in a pod while its infra container starts.
   *
   * @param containers how many are made first
   * @param wakeup signalled when something happens to the infra container
   * @throws PodmanException when Podman refuses
   */
  void open(int containers, Wakeup wakeup) throws InterruptedException {
    up = new CompletableFuture<>();
    seen = new CompletableFuture<>();
    uid = "";
    infraId = "";
    infra = Optional.empty();
    startedAlready = Optional.empty();
    boolean looked = expected;
    expected = true;
    PodView found = listed.isPresent() ? listed.get() : looked ? look() : none();
    listed = Optional.empty();
    members = Optional.empty();
    if (!found.id().isEmpty() && !mine(found)) {
      throw new PodmanException(
          "creating pod " + name, 409, "the name is taken by a pod of another owner");
    }
    Optional<ContainerView> standing = found.id().isEmpty() ? Optional.empty() : standing(found);
    if (!found.id().isEmpty() && standing.isEmpty()) {
      // As after a reboot of the machine: nothing of it runs, and it starts anew as a whole.
      site.podman().removePod(name);
      found = none();
    }
    fresh = found.id().isEmpty();
    if (standing.isPresent()) {
      uid = found.id();
      infraId = found.infraId();
      site.exits().watch(infraId, wakeup);
      infra = standing;
      members = Optional.of(found);
      up.complete(true);
      seen.complete(standing.get());
      return;
    }
    Optional<String> made = create(!looked);
    if (made.isEmpty()) {
      open(containers, wakeup);
      return;
    }
    uid = made.get();
    FirstContainers awaited = new FirstContainers(containers);
    CompletableFuture<Boolean> starting = new CompletableFuture<>();
    CompletableFuture<ContainerView> looking = new CompletableFuture<>();
    first = awaited;
    up = starting;
    seen = looking;
    starter =
        Thread.ofVirtual()
            .name("infra-" + name)
            .start(() -> startInfra(awaited, wakeup, starting, looking));
  }

  private PodView look() throws InterruptedException {
    return site.podman().pod(name).orElseGet(PodSandbox::none);
  }

  private void startInfra(
      FirstContainers awaited,
      Wakeup wakeup,
      CompletableFuture<Boolean> starting,
      CompletableFuture<ContainerView> looking) {
    try {
      infraId =
          site.podman()
              .pod(name)
              .map(PodView::infraId)
              .orElseThrow(() -> new SandboxLostException("pod " + name + " vanished"));
      String id = infraId;
      site.exits().watch(id, wakeup);
      if (!awaited.await(PATIENCE)) {
        LOG.debug("pod {} starts before its first containers are made", name);
      }
      Optional<String> only = awaited.only();
      if (only.isEmpty() || !startedWith(only.get())) {
        site.podman().start(id);
      }
      starting.complete(true);
      ContainerView holder = inspectInfra(id);
      infra = Optional.of(holder);
      looking.complete(holder);
    } catch (RuntimeException | InterruptedException e) {
      starting.completeExceptionally(e);
      looking.completeExceptionally(e);
    }
  }

  /**
   * Has Podman start the infra container as what a container needs.
   *
   * @return false when that failed; which of the two it was is seen when they are started by
   *     themselves
   */
  private boolean startedWith(String container) throws InterruptedException {
    try {
      site.podman().start(container);
      startedAlready = Optional.of(container);
      return true;
    } catch (PodmanException e) {
      LOG.debug("pod {} is started before its container: {}", name, e.getMessage());
      return false;
    }
  }

  /**
   * Starts a container once the infra container runs.
   *
   * @throws SandboxLostException when the infra container could not be started; {@link #refusal}
   *     says more
   * @throws PodmanException when Podman refuses the container
   */
  void start(String container) throws InterruptedException {
    await(up);
    if (!startedAlready.filter(container::equals).isPresent()) {
      site.podman().start(container);
    }
  }

  /**
   * Returns once {@link #ip} and {@link #startedAt} are known.
   *
   * @throws SandboxLostException when it could not be started; {@link #refusal} says more
   */
  void awaitAddress() throws InterruptedException {
    await(seen);
  }

  private void await(CompletableFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new SandboxLostException("pod " + name + " could not be started");
    }
  }

  /** Why Podman refused to start the infra container. */
  Optional<PodmanException> refusal() {
    return seen.isCompletedExceptionally() && seen.exceptionNow() instanceof PodmanException refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** A container was made; perhaps one of those that are made first. */
  void made(String container) {
    first.made(container);
  }

  /** Nothing is started or watched any more once this returns. */
  void leave() throws InterruptedException {
    starter.interrupt();
    try {
      starter.join();
    } finally {
      site.exits().forget(infraId);
    }
  }

  /**
   * @param unseen whether nobody looked if it is there, so that it may have been made by a run that
   *     was interrupted before it heard the answer
   * @return its id; empty when it was there already
   */
  private Optional<String> create(boolean unseen) throws InterruptedException {
    try {
      return Optional.of(
          site.podman().createPod(PodSpecification.of(site.instanceId(), name, desired)));
    } catch (PodmanException e) {
      if (!unseen || e.status() != 409 || !e.answer().contains("already exists")) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private ContainerView inspectInfra(String id) throws InterruptedException {
    return site.podman()
        .container(id)
        .orElseThrow(() -> new SandboxLostException("the infra container of " + name + " is gone"));
  }

  private boolean mine(PodView found) {
    return site.instanceId().equals(found.labels().get(Labels.INSTANCE))
        && desired.token().value().equals(found.labels().get(Labels.TOKEN));
  }

  /**
   * Its infra container, if that runs. Where it does not, it ended, or the making of the pod was
   * cut off. In the latter case Podman and its runtime may not agree on how far that one came, so
   * it cannot be gone on with.
   */
  private Optional<ContainerView> standing(PodView found) throws InterruptedException {
    // Without one, Podman was ended between making the pod and making what holds it.
    return found.infraId().isEmpty()
        ? Optional.empty()
        : site.podman().container(found.infraId()).filter(ContainerView::running);
  }

  /**
   * Whether it still stands.
   *
   * @throws SandboxLostException when it does not
   */
  void check() throws InterruptedException {
    ContainerView now =
        site.podman()
            .container(infraId)
            .orElseThrow(() -> new SandboxLostException("pod " + name + " was removed"));
    if (!now.running()) {
      throw new SandboxLostException("the infra container of pod " + name + " ended");
    }
  }

  /**
   * The newest container of that name in the pod.
   *
   * @param before told its id before it is looked at
   */
  Optional<ContainerView> newest(String container, Consumer<String> before)
      throws InterruptedException {
    if (fresh) {
      return Optional.empty();
    }
    // To list the containers of one pod, Podman goes through those of all.
    Optional<String> member = members.flatMap(pod -> pod.newest(container));
    if (member.isPresent()) {
      before.accept(member.get());
      Optional<ContainerView> view = site.podman().container(member.get());
      if (view.isPresent()) {
        return view;
      }
    }
    Optional<String> id =
        site.podman().containersOf(name).entrySet().stream()
            .filter(entry -> container.equals(entry.getValue().get(Labels.CONTAINER)))
            .max(Comparator.comparingInt(entry -> attempt(entry.getValue())))
            .map(Map.Entry::getKey);
    id.ifPresent(before);
    return id.isEmpty() ? Optional.empty() : site.podman().container(id.get());
  }

  /**
   * Brings the files of config maps and secrets up to date.
   *
   * @throws io.hotpod.agent.runtime.ConfigurationException when something is named that is not
   *     there
   */
  void refresh(DesiredPod now) throws IOException {
    desired = now;
    volumes.refresh(context());
    rendered = Optional.of(now.configurationRevision());
  }

  /** Revision of the values that the files have; empty before they were looked at. */
  Optional<String> rendered() {
    return rendered;
  }

  /** What was found once is no longer new: a second look has to ask Podman. */
  void settled() {
    fresh = false;
    members = Optional.empty();
  }

  /** Removes the containers of that name but the newest and the one before it. */
  void tidy(Container container, int newest) throws InterruptedException {
    if (newest < 2) {
      return;
    }
    try {
      site.podman().removeContainer(Names.container(name, container.getName(), newest - 2));
      files.forget(container, newest - 2);
    } catch (IOException | PodmanException | PodmanUnavailableException e) {
      // It is removed with the pod at the latest.
      LOG.debug("{}", e.getMessage());
    }
  }

  /**
   * The body that makes a container. Waits for the pod's network only where the container asks for
   * its address.
   *
   * @param imageUser see {@link ContainerSpecification#of}
   */
  ObjectNode specification(Container container, int attempt, String imageUser)
      throws InterruptedException {
    if (Environment.needsPodIp(container) || files.needAddress()) {
      first.waitForNoMore();
      awaitAddress();
    }
    PodContext context = context();
    List<Mount> mounts =
        new ArrayList<>(volumes.mounts(container, context, Environment.of(container, context)));
    mounts.addAll(files.mounts(container, attempt, address(infra)));
    return new ContainerSpecification(site.instanceId(), name, context, site.limits())
        .of(container, attempt, mounts, grace(), imageUser);
  }

  private PodContext context() {
    return new PodContext(
        desired, site.nodeName(), uid, address(infra), site.hostIp(), site.machine());
  }

  /** What a run of a container wrote as its last words; empty for nothing. */
  String lastWords(Container container, int attempt) {
    return files.lastWords(container, attempt);
  }

  /** Where the pod's ports can be reached from this machine. */
  String address() throws InterruptedException {
    awaitAddress();
    return address(infra).orElse("127.0.0.1");
  }

  Optional<String> ip() {
    return address(infra);
  }

  private static Optional<String> address(Optional<ContainerView> infra) {
    return infra.flatMap(ContainerView::ip);
  }

  Optional<Instant> startedAt() {
    return infra.flatMap(ContainerView::startedAt);
  }

  /** Podman's id of the pod; empty text while there is none. */
  String uid() {
    return uid;
  }

  Duration grace() {
    return Grace.of(desired);
  }

  Volumes volumes() {
    return volumes;
  }

  PodMemory memory() {
    return memory;
  }

  DesiredPod desired() {
    return desired;
  }

  String name() {
    return name;
  }

  Instant now() {
    return clock.instant();
  }

  /** Waits; an interrupt ends it. */
  void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  private static int attempt(Map<String, String> labels) {
    return Attempts.read(labels.getOrDefault(Labels.ATTEMPT, "0"));
  }

  private static PodView none() {
    return new PodView("", "", "", Map.of(), "", Map.of(), Set.of());
  }
}
