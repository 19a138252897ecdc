package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.probe.PodReach;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pod in Podman that containers are put into, with its network, files and memory. {@link #open}
 * is done by one thread; the rest is for the container keepers.
 */
final class PodSandbox {
  private static final Logger LOG = LoggerFactory.getLogger(PodSandbox.class);

  private final PodSite site;
  private volatile DesiredPod desired;
  private final ReentrantLock replacing = new ReentrantLock();
  private final Condition replaced = replacing.newCondition();
  private final PodMemory memory;
  private final Volumes volumes;
  private final SandboxFiles files;
  private final Clock clock;
  private final String name;
  private final SandboxMaker maker;
  private final PodMembers members;
  private volatile InfraContainer infra;
  private volatile Optional<String> rendered = Optional.empty();
  private volatile String uid = "";

  /**
   * @param found the pod as Podman lists it; one that was not found is made without a look
   */
  PodSandbox(
      PodSite site, DesiredPod desired, PodMemory memory, Clock clock, Optional<PodView> found) {
    this.site = site;
    this.desired = desired;
    this.memory = memory;
    this.clock = clock;
    this.name = Names.pod(site.instanceId(), desired);
    this.maker = new SandboxMaker(site, name, found);
    this.members = new PodMembers(site.podman(), name);
    this.infra = new InfraContainer(site, name);
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

  /** Whether there is anything to go on with, so that {@link #open} finds it and makes nothing. */
  boolean stands() throws InterruptedException {
    return maker.stands();
  }

  /**
   * Finds or makes the pod and has its infra container started. Containers can be made in it from
   * now on, and started by {@link #start}.
   *
   * @param containers how many are made first
   * @param wakeup signalled when something happens to the infra container
   * @throws PodmanException when Podman refuses
   */
  void open(int containers, Wakeup wakeup) throws InterruptedException {
    infra = new InfraContainer(site, name);
    uid = "";
    SandboxMaker.Sandbox sandbox = maker.open(desired);
    uid = sandbox.id();
    switch (sandbox) {
      case SandboxMaker.Standing standing -> {
        members.listed(standing.pod());
        infra.found(standing.infra(), wakeup);
      }
      case SandboxMaker.Made _ -> {
        members.none();
        infra.begin(containers, wakeup);
      }
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
    infra.start(container);
  }

  /**
   * Returns once {@link #ip} and {@link #startedAt} are known.
   *
   * @throws SandboxLostException when it could not be started; {@link #refusal} says more
   */
  void awaitAddress() throws InterruptedException {
    infra.await();
  }

  /** Why Podman refused to start the infra container. */
  Optional<PodmanException> refusal() {
    return infra.refusal();
  }

  /** A container was made; perhaps one of those that are made first. */
  void made(String container) {
    infra.made(container);
  }

  /** Nothing is started or watched any more once this returns. */
  void leave() throws InterruptedException {
    infra.leave();
  }

  /**
   * Whether it still stands.
   *
   * @throws SandboxLostException when it does not
   */
  void check() throws InterruptedException {
    infra.check();
  }

  /**
   * The newest container of that name in the pod.
   *
   * @param before told its id before it is looked at
   */
  Optional<ContainerView> newest(String container, Consumer<String> before)
      throws InterruptedException {
    return members.newest(container, before);
  }

  /**
   * Brings the files of config maps and secrets up to date.
   *
   * @throws io.hotpod.agent.runtime.ConfigurationException when something is named that is not
   *     there
   */
  void refresh(DesiredPod now) throws IOException {
    replacing.lock();
    try {
      desired = now;
      replaced.signalAll();
    } finally {
      replacing.unlock();
    }
    volumes.refresh(context());
    rendered = Optional.of(now.configurationRevision());
  }

  /** Revision of the values that the files have; empty before they were looked at. */
  Optional<String> rendered() {
    return rendered;
  }

  /** What was found once is no longer new: a second look has to ask Podman. */
  void settled() {
    members.unknown();
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
      infra.awaitFirst();
    }
    PodContext context = context();
    List<Mount> mounts =
        new ArrayList<>(volumes.mounts(container, context, Environment.of(container, context)));
    mounts.addAll(files.mounts(container, attempt, ip()));
    return new ContainerSpecification(site.instanceId(), name, context, site.limits())
        .of(container, attempt, mounts, grace(), imageUser);
  }

  private PodContext context() {
    return new PodContext(desired, site.nodeName(), uid, ip(), site.hostIp(), site.machine());
  }

  /** What a run of a container wrote as its last words; empty for nothing. */
  String lastWords(Container container, int attempt) {
    return files.lastWords(container, attempt);
  }

  /** How the pod's ports are reached; waits until it stands. */
  PodReach reach() throws InterruptedException {
    awaitAddress();
    return PodReach.of(infra.view());
  }

  /** Its infra container as it was seen last; empty before it ran. */
  Optional<ContainerView> infra() {
    return infra.view();
  }

  Optional<String> ip() {
    return infra.view().flatMap(ContainerView::ip);
  }

  Optional<Instant> startedAt() {
    return infra.view().flatMap(ContainerView::startedAt);
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

  /**
   * The same, but only as long as the pod has these values of config maps and secrets: what was
   * refused with them may succeed with others.
   */
  void pauseWith(DesiredPod tried, Duration duration) throws InterruptedException {
    replacing.lock();
    try {
      long left = duration.toNanos();
      while (desired.equals(tried) && left > 0) {
        left = replaced.awaitNanos(left);
      }
    } finally {
      replacing.unlock();
    }
  }
}
