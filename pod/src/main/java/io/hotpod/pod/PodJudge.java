package io.hotpod.pod;

import io.hotpod.pod.PodProgress.Failed;
import io.hotpod.pod.PodProgress.Reached;
import io.hotpod.pod.PodProgress.Waiting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The judgement behind {@link PodProgress#of}. */
record PodJudge(
    ObservedPod pod, ModificationToken token, WaitFor wanted, RestartPolicy restartPolicy) {
  /** Attempts in a row after which more of the same is not waited for. */
  private static final int TOO_MANY_FAILURES = 3;

  /** Reasons that no further attempt can change. */
  private static final Set<String> FINAL_REASONS =
      Set.of("ErrImageNeverPull", "InvalidImageName", "CreateContainerConfigError");

  PodProgress judge() {
    if (!pod.token().equals(token)) {
      return new Waiting("the instance still has an earlier modification of the pod");
    }
    if (pod.terminating()) {
      return new Waiting("the pod is being removed");
    }
    return switch (pod.phase()) {
      case SUCCEEDED -> new Reached("all containers completed");
      case FAILED -> new Failed(whyFailed());
      case UNKNOWN -> new Waiting("the instance cannot tell the state of the pod" + podReason());
      case PENDING, RUNNING -> alive();
    };
  }

  /** Everything that keeps the pod from where it should be; the first is what judges it. */
  List<String> wrong() {
    Optional<String> why =
        switch (judge()) {
          case Reached _ -> Optional.empty();
          case Waiting waiting -> Optional.of(waiting.why());
          case Failed failed -> Optional.of(failed.why());
        };
    boolean asAWhole =
        !pod.token().equals(token)
            || pod.terminating()
            || pod.phase() == PodPhase.UNKNOWN
            || !pod.reason().isEmpty();
    if (why.isEmpty() || asAWhole) {
      return why.stream().toList();
    }
    boolean initialising = pod.initContainers().stream().anyMatch(status -> !status.ready());
    Set<String> all = new LinkedHashSet<>(Set.of(why.get()));
    (initialising ? pod.initContainers() : pod.containers())
        .stream()
            .filter(status -> initialising ? !status.ready() : !satisfied(status))
            .filter(status -> !isBehindOthers(status))
            .map(status -> failure(status).orElseGet(() -> words(status).state(wanted)))
            .forEach(all::add);
    return List.copyOf(all);
  }

  /** Whether it only waits for its turn. */
  private static boolean isBehindOthers(ContainerStatus status) {
    return status.state() instanceof ContainerState.Waiting waiting
        && waiting.reason().equals("PodInitializing");
  }

  private PodProgress alive() {
    if (wanted == WaitFor.READY && pod.ready()) {
      return new Reached("all containers are ready");
    }
    Optional<String> failure =
        all().flatMap(status -> failure(status).stream()).findFirst().or(this::neverCompletes);
    if (failure.isPresent()) {
      return new Failed(failure.get());
    }
    if (wanted == WaitFor.RUNNING
        && pod.phase() == PodPhase.RUNNING
        && !pod.containers().isEmpty()
        && pod.containers().stream().allMatch(this::runsOrRan)) {
      return new Reached("all containers run");
    }
    return new Waiting(whyWaiting());
  }

  private Optional<String> failure(ContainerStatus status) {
    ContainerWords words = words(status);
    if (status.state() instanceof ContainerState.Waiting waiting
        && FINAL_REASONS.contains(waiting.reason())) {
      return Optional.of(words.waiting(waiting));
    }
    boolean over =
        status.state() instanceof ContainerState.Terminated terminated
            && terminated.exitCode() == 0;
    if (status.failures() >= TOO_MANY_FAILURES && !status.ready() && !over) {
      return Optional.of(
          pod.reason().isEmpty() ? words.failing() : "the pod cannot start" + podReason());
    }
    boolean lastWord = restartPolicy == RestartPolicy.NEVER;
    boolean init = pod.initContainers().contains(status);
    if (lastWord
        && (init || wanted == WaitFor.COMPLETED || wanted == WaitFor.READY)
        && status.state() instanceof ContainerState.Terminated terminated
        && terminated.exitCode() != 0) {
      return Optional.of(words.terminated(terminated) + " and is not started again");
    }
    return Optional.empty();
  }

  private Optional<String> neverCompletes() {
    return wanted == WaitFor.COMPLETED && restartPolicy == RestartPolicy.ALWAYS
        ? Optional.of("a pod with restartPolicy Always never completes; use OnFailure or Never")
        : Optional.empty();
  }

  private boolean runsOrRan(ContainerStatus status) {
    return switch (status.state()) {
      case ContainerState.Running running -> true;
      case ContainerState.Terminated terminated ->
          terminated.exitCode() == 0 && restartPolicy != RestartPolicy.ALWAYS;
      case ContainerState.Waiting waiting -> false;
    };
  }

  private String whyFailed() {
    if (!pod.reason().isEmpty()) {
      // Ended as a whole, so how its containers took that says little.
      return "the pod failed" + podReason();
    }
    return Stream.of(pod.containers(), pod.initContainers())
        .flatMap(List::stream)
        .filter(
            status ->
                status.state() instanceof ContainerState.Terminated terminated
                    && terminated.exitCode() != 0)
        .map(status -> words(status).terminated((ContainerState.Terminated) status.state()))
        .findFirst()
        .orElseGet(() -> "the pod failed" + podReason());
  }

  private String whyWaiting() {
    if (!pod.reason().isEmpty()) {
      return "the pod cannot start yet" + podReason();
    }
    return Stream.concat(
            pod.initContainers().stream().filter(status -> !status.ready()),
            pod.containers().stream().filter(status -> !satisfied(status)))
        .map(status -> words(status).state(wanted))
        .findFirst()
        .orElse(
            pod.containers().isEmpty() ? "the pod is being created" : "the pod is not ready yet");
  }

  private boolean satisfied(ContainerStatus status) {
    return switch (wanted) {
      case RUNNING -> runsOrRan(status);
      case READY -> status.ready();
      case COMPLETED ->
          status.state() instanceof ContainerState.Terminated terminated
              && terminated.exitCode() == 0;
    };
  }

  private String podReason() {
    return ContainerWords.inBrackets(pod.reason(), pod.message());
  }

  private Stream<ContainerStatus> all() {
    return Stream.of(pod.initContainers(), pod.containers()).flatMap(List::stream);
  }

  private ContainerWords words(ContainerStatus status) {
    return new ContainerWords(status, pod.initContainers().contains(status));
  }
}
