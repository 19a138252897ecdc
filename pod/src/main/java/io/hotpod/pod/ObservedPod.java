package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent saw of one pod that it owns. A pod is listed for as long as anything of it is left
 * on the instance, and also while it cannot be created.
 *
 * @param id of the desired pod
 * @param name of the pod on the instance
 * @param token of the content that this pod was made from
 * @param ready all containers are ready and nothing of it is being removed
 * @param terminating it is on its way out
 * @param reason one word for the pod as a whole, such as {@code PortConflict}; empty when there is
 *     nothing to say beyond the containers
 * @param message for people; may be empty
 * @param uid that containers see as metadata.uid; empty until the pod is made
 * @param podIp empty until it is known, and always with the network of the host
 * @param hostIp of the instance, as far as it knows one
 * @param startedAt when the pod was made, on the instance's clock
 * @param initContainers in the order of the manifest; empty while the pod is not made
 * @param containers in the order of the manifest; empty while the pod is not made
 * @param configuration revision of the config maps and secrets whose values its files have, see
 *     {@link DesiredPod#configurationRevision}; empty when the agent does not say
 */
public record ObservedPod(
    String id,
    String name,
    ModificationToken token,
    PodPhase phase,
    boolean ready,
    boolean terminating,
    String reason,
    String message,
    Optional<String> uid,
    Optional<String> podIp,
    Optional<String> hostIp,
    Optional<Instant> startedAt,
    List<PodCondition> conditions,
    List<ContainerStatus> initContainers,
    List<ContainerStatus> containers,
    Optional<String> configuration) {
  /** The {@link #reason} of a pod that {@link #stopped} says yes of. */
  public static final String STOPPED = "Stopped";

  /** A pod of which nothing is known about its config maps and secrets. */
  public ObservedPod(
      String id,
      String name,
      ModificationToken token,
      PodPhase phase,
      boolean ready,
      boolean terminating,
      String reason,
      String message,
      Optional<String> uid,
      Optional<String> podIp,
      Optional<String> hostIp,
      Optional<Instant> startedAt,
      List<PodCondition> conditions,
      List<ContainerStatus> initContainers,
      List<ContainerStatus> containers) {
    this(
        id,
        name,
        token,
        phase,
        ready,
        terminating,
        reason,
        message,
        uid,
        podIp,
        hostIp,
        startedAt,
        conditions,
        initContainers,
        containers,
        Optional.empty());
  }

  public ObservedPod {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(token, "token is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
    requireNonNull(uid, "uid is null");
    requireNonNull(podIp, "podIp is null");
    requireNonNull(hostIp, "hostIp is null");
    requireNonNull(startedAt, "startedAt is null");
    conditions = List.copyOf(conditions);
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
    requireNonNull(configuration, "configuration is null");
  }

  /** One of which no more is known than this. It is neither ready nor on its way out. */
  public static ObservedPod outline(
      String id,
      String name,
      ModificationToken token,
      PodPhase phase,
      String reason,
      String message) {
    return new ObservedPod(
        id,
        name,
        token,
        phase,
        false,
        false,
        reason,
        message,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same on its way out, so that it is not ready. */
  public ObservedPod leaving() {
    return leaving(reason, message);
  }

  /** The same on its way out, with something to say of that. */
  public ObservedPod leaving(String why, String words) {
    return new ObservedPod(
        id,
        name,
        token,
        phase,
        false,
        true,
        why,
        words,
        uid,
        podIp,
        hostIp,
        startedAt,
        conditions,
        initContainers,
        containers,
        configuration);
  }

  /** The same with something to say where there is nothing yet. */
  public ObservedPod saying(String words) {
    return message.isEmpty()
        ? new ObservedPod(
            id,
            name,
            token,
            phase,
            ready,
            terminating,
            reason,
            words,
            uid,
            podIp,
            hostIp,
            startedAt,
            conditions,
            initContainers,
            containers,
            configuration)
        : this;
  }

  /**
   * The same with what its files have.
   *
   * @param revision see {@link #configuration}
   */
  public ObservedPod withConfiguration(String revision) {
    return new ObservedPod(
        id,
        name,
        token,
        phase,
        ready,
        terminating,
        reason,
        message,
        uid,
        podIp,
        hostIp,
        startedAt,
        conditions,
        initContainers,
        containers,
        Optional.of(revision));
  }

  /**
   * Whether it was found on the instance with nothing of it running, as after a boot, and nobody
   * has begun to start it.
   */
  public boolean stopped() {
    return reason.equals(STOPPED);
  }

  /** Restarts of all containers together, without init containers. */
  public int restarts() {
    return containers.stream().mapToInt(ContainerStatus::restarts).sum();
  }
}
