package io.hotpod.engine.resource.kubernetes;

import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.wake.Topics;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Waits for what an instance reports of one deployment's pod. Used by one step. */
final class PodWait {
  /**
   * How the agent tells that the runtime would not make the pod, which it goes on trying: a disk
   * that is full, a runtime in trouble. Whatever is wrong with the pod itself has other reasons.
   */
  private static final Set<String> RUNTIME_TROUBLE =
      Set.of("FailedCreatePodSandBox", "InternalError");

  private static final Duration LONGEST = Duration.ofDays(3650);

  private final PodPlacement placement;
  private final ResourceContext context;
  private final String podId;

  PodWait(PodPlacement placement, ResourceContext context) {
    this.placement = placement;
    this.context = context;
    this.podId = context.resource().id();
  }

  /** The instance that the deployment names. */
  String instanceId() {
    return placement.instanceId(
        context.stack().project(),
        context.properties().path(PodDeploymentType.SERVER).asString(""));
  }

  /** The instance that the deployment names, if it still exists. */
  Optional<String> knownInstanceId() {
    try {
      return Optional.of(instanceId());
    } catch (ResourceFailure e) {
      return Optional.empty();
    }
  }

  private WaitFor wanted() {
    return WaitFor.valueOf(
        context.properties().path(PodDeploymentType.WAIT_FOR).asString(WaitFor.READY.name()));
  }

  private Duration limit() {
    JsonNode seconds = context.properties().path(PodDeploymentType.TIMEOUT);
    return seconds.isNumber() ? Duration.ofSeconds(seconds.longValue()) : LONGEST;
  }

  /** What the last look at the pod gave. */
  private static final class Last {
    private String words = "nothing was reported of it yet";
  }

  /**
   * Waits until the pod of that token is what the deployment waits for.
   *
   * @throws ResourceFailure when it cannot get there, or not in time
   */
  void until(long version, DesiredPod desired) {
    String instanceId = placement.instanceOf(podId).orElseThrow();
    Last last = new Last();
    Optional<String> reached =
        context.await(
            List.of(Topics.reports(instanceId)),
            limit(),
            () -> {
              PodPlacement.Standing standing =
                  placement
                      .standing(instanceId, podId, version)
                      .orElseThrow(
                          () -> new ResourceFailure("instance " + instanceId + " was removed"));
              PodProgress progress = progress(standing, desired);
              return switch (progress) {
                case PodProgress.Reached done -> Optional.of(done.words());
                case PodProgress.Waiting waiting -> {
                  last.words = waiting.why();
                  context.progress(waiting.why());
                  yield Optional.empty();
                }
                case PodProgress.Failed failed ->
                    throw failure(
                        standing,
                        new ResourceFailure.Passing(
                            List.of(Topics.reports(instanceId)),
                            () -> mayGoOn(instanceId, version, desired)),
                        "pod %s on instance %s: %s"
                            .formatted(
                                desired.pod().getMetadata().getName(),
                                standing.instanceName(),
                                failed.why()));
              };
            });
    if (reached.isEmpty()) {
      throw new ResourceFailure(
          "pod %s is not %s after %d s: %s"
              .formatted(
                  desired.pod().getMetadata().getName(),
                  wanted(),
                  limit().toSeconds(),
                  last.words));
    }
  }

  private boolean mayGoOn(String instanceId, long version, DesiredPod desired) {
    return placement
        .standing(instanceId, podId, version)
        .filter(now -> !(progress(now, desired) instanceof PodProgress.Failed))
        .isPresent();
  }

  private static ResourceFailure failure(
      PodPlacement.Standing standing, ResourceFailure.Passing passing, String words) {
    boolean mayPass =
        standing.observed().filter(pod -> RUNTIME_TROUBLE.contains(pod.reason())).isPresent();
    return mayPass ? ResourceFailure.worthRetrying(words, passing) : new ResourceFailure(words);
  }

  private PodProgress progress(PodPlacement.Standing standing, DesiredPod desired) {
    if (standing.stopped()) {
      return new PodProgress.Waiting(
          "instance "
              + standing.instanceName()
              + " is drained and its pods are stopped; this goes on when it is undrained");
    }
    if (!standing.takenOver()) {
      return new PodProgress.Waiting(notTakenOver(standing));
    }
    return standing
        .observed()
        .map(pod -> PodProgress.of(pod, desired, wanted()))
        .orElse(
            new PodProgress.Waiting(
                "instance " + standing.instanceName() + " has not begun with the pod"));
  }

  private static String notTakenOver(PodPlacement.Standing standing) {
    return standing.connected()
        ? "instance " + standing.instanceName() + " has not taken the change over yet"
        : "instance " + standing.instanceName() + " is not connected; the change waits for it";
  }

  /**
   * Waits until nothing of the pod is left on its instance, however long its grace period is: the
   * deployment's timeout is for getting the pod up, and what goes is not given up for it.
   */
  void untilGone(String instanceId, long version) {
    Last last = new Last();
    Optional<Boolean> gone =
        context.await(
            List.of(Topics.reports(instanceId)),
            LONGEST,
            () -> {
              Optional<PodPlacement.Standing> standing =
                  placement.standing(instanceId, podId, version);
              if (standing.isEmpty()
                  || (standing.get().takenOver() && standing.get().observed().isEmpty())) {
                return Optional.of(true);
              }
              last.words =
                  standing.get().takenOver()
                      ? "the pod is still stopping"
                      : notTakenOver(standing.get());
              context.progress(last.words);
              return Optional.empty();
            });
    if (gone.isEmpty()) {
      throw new ResourceFailure("the pod is not gone: " + last.words);
    }
  }

  /** What differs between a desired pod and the last report of it; empty when nothing does. */
  List<String> wrongWith(DesiredPod desired) {
    List<String> wrong = new ArrayList<>();
    String instanceId = placement.instanceOf(podId).orElseThrow();
    Optional<PodPlacement.Standing> standing = placement.standing(instanceId, podId, 0);
    if (standing.isEmpty()) {
      return List.of("its instance was removed");
    }
    if (!standing.get().connected()) {
      wrong.add("instance " + standing.get().instanceName() + " is not connected");
    }
    Optional<ObservedPod> observed = standing.get().observed();
    if (!desired.run()) {
      observed.ifPresent(pod -> wrong.add("pod " + pod.name() + " runs though it is suspended"));
      return wrong;
    }
    if (standing.get().stopped()) {
      wrong.add(
          "instance " + standing.get().instanceName() + " is drained and its pods are stopped");
      return wrong;
    }
    if (observed.isEmpty()) {
      wrong.add("pod " + desired.pod().getMetadata().getName() + " is missing");
      return wrong;
    }
    wrong.addAll(PodProgress.differences(observed.get(), desired, wanted()));
    return wrong;
  }

  /**
   * What making the pod anew could mend. An instance that is silent or drained says nothing, and a
   * pod that is starting needs time and no other beside it.
   */
  List<String> lostOf(DesiredPod desired) {
    Optional<PodPlacement.Standing> standing =
        placement.standing(placement.instanceOf(podId).orElseThrow(), podId, 0);
    if (standing.isEmpty()) {
      return List.of("its instance was removed");
    }
    if (!standing.get().connected() || standing.get().stopped() || !desired.run()) {
      return List.of();
    }
    Optional<ObservedPod> observed = standing.get().observed();
    if (observed.isEmpty()) {
      return List.of("pod " + desired.pod().getMetadata().getName() + " is missing");
    }
    return switch (PodProgress.of(observed.get(), desired, wanted())) {
      case PodProgress.Reached _ -> PodProgress.otherImages(observed.get(), desired);
      case PodProgress.Waiting _ -> List.of();
      case PodProgress.Failed failed -> List.of(failed.why());
    };
  }
}
