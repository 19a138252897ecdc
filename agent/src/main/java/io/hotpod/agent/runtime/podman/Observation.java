package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.PodCondition;
import io.hotpod.pod.PodPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Phase and conditions of a pod from its containers, by the Kubernetes API reference. Pure. */
final class Observation {
  private Observation() {}

  /**
   * @param sidecars names of the init containers that stay
   */
  static PodPhase phase(
      RestartPolicy policy,
      Set<String> sidecars,
      List<ContainerStatus> init,
      List<ContainerStatus> containers) {
    for (ContainerStatus status : init) {
      if (sidecars.contains(status.name())) {
        if (!status.started() && !begun(containers)) {
          return PodPhase.PENDING;
        }
        continue;
      }
      if (status.state() instanceof ContainerState.Terminated terminated
          && terminated.exitCode() != 0
          && !policy.forInit().restarts(terminated.exitCode())) {
        return PodPhase.FAILED;
      }
      if (!succeeded(status)) {
        return PodPhase.PENDING;
      }
    }
    boolean running = false;
    boolean failed = false;
    boolean restarting = false;
    for (ContainerStatus status : containers) {
      switch (status.state()) {
        case ContainerState.Running ignored -> running = true;
        case ContainerState.Waiting ignored -> {
          if (status.lastTermination().isEmpty()) {
            return PodPhase.PENDING;
          }
          restarting = true;
        }
        case ContainerState.Terminated terminated -> {
          failed = failed || terminated.exitCode() != 0;
          restarting = restarting || policy.restarts(terminated.exitCode());
        }
      }
    }
    if (running || restarting) {
      return PodPhase.RUNNING;
    }
    return failed ? PodPhase.FAILED : PodPhase.SUCCEEDED;
  }

  /** Whether the containers had their turn, after the init containers. */
  private static boolean begun(List<ContainerStatus> containers) {
    return containers.stream()
        .anyMatch(
            status ->
                !(status.state() instanceof ContainerState.Waiting)
                    || status.lastTermination().isPresent());
  }

  static boolean ready(
      Set<String> sidecars, List<ContainerStatus> init, List<ContainerStatus> containers) {
    return init.stream()
            .allMatch(
                status -> sidecars.contains(status.name()) ? status.ready() : succeeded(status))
        && containers.stream().allMatch(ContainerStatus::ready);
  }

  static List<PodCondition> conditions(
      PodPhase phase,
      Set<String> sidecars,
      List<ContainerStatus> init,
      List<ContainerStatus> containers) {
    List<PodCondition> conditions = new ArrayList<>();
    conditions.add(new PodCondition("PodScheduled", true, "", ""));
    List<String> incomplete =
        names(
            init.stream()
                .filter(
                    status ->
                        sidecars.contains(status.name())
                            ? !status.started() && !begun(containers)
                            : !succeeded(status))
                .toList());
    conditions.add(
        incomplete.isEmpty()
            ? new PodCondition("Initialized", true, "", "")
            : new PodCondition(
                "Initialized",
                false,
                "ContainersNotInitialized",
                "containers with incomplete status: " + incomplete));
    boolean ready = ready(sidecars, init, containers);
    String reason =
        switch (phase) {
          case SUCCEEDED -> "PodCompleted";
          case FAILED -> "PodFailed";
          case PENDING, RUNNING, UNKNOWN -> "ContainersNotReady";
        };
    String message =
        "containers with unready status: "
            + names(containers.stream().filter(status -> !status.ready()).toList());
    for (String type : List.of("ContainersReady", "Ready")) {
      conditions.add(
          ready
              ? new PodCondition(type, true, "", "")
              : new PodCondition(type, false, reason, message));
    }
    return conditions;
  }

  private static boolean succeeded(ContainerStatus status) {
    return status.state() instanceof ContainerState.Terminated terminated
        && terminated.exitCode() == 0;
  }

  private static List<String> names(List<ContainerStatus> statuses) {
    return statuses.stream().map(ContainerStatus::name).toList();
  }
}
