package io.hotpod.agent.source.heat;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the deployments of a server come to. Pure.
 *
 * @param pods that should be there, in the order of the deployments
 * @param expectations one for each deployment that Heat wants to hear of
 */
public record Wanted(List<DesiredPod> pods, List<Expectation> expectations) {
  public Wanted {
    pods = List.copyOf(pods);
    expectations = List.copyOf(expectations);
  }

  /**
   * Reads the deployments. A config that cannot become a pod leaves the pod that its deployment has
   * as it is; where one resource has two deployments, because Heat puts a new one in the place of
   * one that failed, the newer one has the pod.
   *
   * @param before the set that was wanted until now
   */
  public static Wanted of(List<HeatDeployment> deployments, DesiredPods before) {
    Map<String, DesiredPod> present =
        before.pods().stream().collect(Collectors.toMap(DesiredPod::id, Function.identity()));
    Map<String, List<HeatDeployment>> byPod = new LinkedHashMap<>();
    for (HeatDeployment deployment : deployments) {
      byPod.computeIfAbsent(deployment.podId(), id -> new ArrayList<>()).add(deployment);
    }
    List<DesiredPod> pods = new ArrayList<>();
    List<Expectation> expectations = new ArrayList<>();
    byPod.forEach(
        (id, configs) -> {
          Optional<HeatDeployment> holder = holder(configs);
          for (HeatDeployment other : configs) {
            if (!holder.equals(Optional.of(other))) {
              expectations.add(withoutPod(other, holder.isPresent()));
            }
          }
          Optional<DesiredPod> had = Optional.ofNullable(present.get(id));
          holder
              .<Optional<DesiredPod>>map(config -> pod(config, had, expectations))
              .orElseGet(
                  () -> configs.stream().anyMatch(Wanted::isUnknown) ? had : Optional.empty())
              .ifPresent(pods::add);
        });
    return inOrder(deployments, pods, expectations);
  }

  /** Puts ids in the place of the names that pods start after. */
  private static Wanted inOrder(
      List<HeatDeployment> deployments, List<DesiredPod> pods, List<Expectation> expectations) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (HeatDeployment deployment : deployments) {
      ids.putIfAbsent(deployment.title(), deployment.podId());
      ids.putIfAbsent(deployment.resourceName(), deployment.podId());
    }
    // What people call a pod counts most: the environment's templates call all resources alike.
    for (DesiredPod pod : pods) {
      ids.put(pod.pod().getMetadata().getName(), pod.id());
    }
    return new Wanted(
        pods.stream().map(pod -> after(pod, ids)).toList(),
        expectations.stream()
            .map(
                expectation ->
                    expectation instanceof Expectation.Up up
                        ? new Expectation.Up(
                            up.deployment(), after(up.pod(), ids), up.waitFor(), up.timeout())
                        : expectation)
            .toList());
  }

  /** A name that no deployment of the machine has holds up nobody. */
  private static DesiredPod after(DesiredPod pod, Map<String, String> ids) {
    if (pod.after().isEmpty()) {
      return pod;
    }
    List<String> after =
        pod.after().stream()
            .map(name -> ids.getOrDefault(name, name))
            .filter(id -> !id.equals(pod.id()))
            .toList();
    return new DesiredPod(
        pod.id(),
        pod.token(),
        pod.run(),
        pod.pod(),
        pod.configMaps(),
        pod.secrets(),
        pod.updateStrategy(),
        after);
  }

  private static boolean isUnknown(HeatDeployment deployment) {
    return deployment.action() == DeployAction.UNKNOWN;
  }

  /** The deployment that says what the pod should be. */
  private static Optional<HeatDeployment> holder(List<HeatDeployment> configs) {
    Optional<HeatDeployment> newest = Optional.empty();
    for (HeatDeployment config : configs) {
      boolean holds = config.action() != DeployAction.DELETE && !isUnknown(config);
      if (holds && (newest.isEmpty() || config.created().compareTo(newest.get().created()) >= 0)) {
        newest = Optional.of(config);
      }
    }
    return newest;
  }

  private static Expectation withoutPod(HeatDeployment deployment, boolean taken) {
    if (isUnknown(deployment)) {
      return new Expectation.Settled(
          deployment,
          Outcome.failure("the action is not one of CREATE, UPDATE, DELETE, SUSPEND and RESUME"));
    }
    if (!taken) {
      return new Expectation.Down(deployment);
    }
    return new Expectation.Settled(
        deployment,
        deployment.action() == DeployAction.DELETE
            ? Outcome.success("the pod belongs to a newer deployment of the same resource")
            : Outcome.failure("a newer deployment of the same resource took its place"));
  }

  private static Optional<DesiredPod> pod(
      HeatDeployment deployment, Optional<DesiredPod> had, List<Expectation> expectations) {
    if (deployment.action() == DeployAction.ELSEWHERE) {
      return had;
    }
    boolean run = deployment.action() != DeployAction.SUSPEND;
    Rendering rendering = PodRendering.of(deployment, run);
    if (!run) {
      expectations.add(new Expectation.Down(deployment));
    }
    return switch (rendering) {
      case Rendering.Rendered(DesiredPod pod, WaitFor waitFor, Duration timeout) -> {
        if (run) {
          expectations.add(new Expectation.Up(deployment, pod, waitFor, timeout));
        }
        yield Optional.of(pod);
      }
      case Rendering.Refused(String why) -> {
        if (run) {
          expectations.add(new Expectation.Settled(deployment, Outcome.failure(why)));
        }
        yield run ? had : had.map(pod -> pod.running(false));
      }
    };
  }
}
