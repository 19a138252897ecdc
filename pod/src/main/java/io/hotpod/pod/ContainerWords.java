package io.hotpod.pod;

import java.util.Optional;

/** One honest line about a container. */
record ContainerWords(ContainerStatus status, boolean init) {
  private static final int LONGEST_MESSAGE = 300;

  /** What the container does now, seen by somebody who waits. */
  String state(WaitFor wanted) {
    return switch (status.state()) {
      case ContainerState.Waiting waiting -> waiting(waiting);
      case ContainerState.Running running -> running(wanted);
      case ContainerState.Terminated terminated -> terminated(terminated);
    };
  }

  /** What fails again and again. */
  String failing() {
    if (status.state() instanceof ContainerState.Waiting waiting
        && !waiting.reason().equals("CrashLoopBackOff")) {
      return waiting(waiting);
    }
    Optional<ContainerState.Terminated> last =
        status.state() instanceof ContainerState.Terminated terminated
            ? Optional.of(terminated)
            : status.lastTermination();
    return last.map(this::exits).orElseGet(() -> name() + " fails again and again" + times());
  }

  String waiting(ContainerState.Waiting waiting) {
    String detail = inBrackets(waiting.reason(), waiting.message());
    return switch (waiting.reason()) {
      case "ErrImagePull", "ImagePullBackOff" -> image() + " cannot be pulled" + detail;
      case "ErrImageNeverPull" ->
          image() + " is not on the instance and may not be pulled" + detail;
      case "InvalidImageName" -> image() + " is no name of an image" + detail;
      case "CreateContainerConfigError" ->
          name() + " has a configuration that is not there" + detail;
      case "CreateContainerError" -> name() + " cannot be created" + detail;
      case "RunContainerError" -> name() + " cannot be started" + detail;
      case "PortConflict" -> name() + " wants a port that is taken on the instance" + detail;
      case "CrashLoopBackOff" -> crashLoop(detail);
      case "ContainerCreating" -> name() + " is being created" + message(waiting.message());
      case "PodInitializing" -> name() + " waits for the init containers";
      default -> name() + " does not run yet" + detail;
    };
  }

  String terminated(ContainerState.Terminated terminated) {
    return terminated.exitCode() == 0
        ? name() + " completed"
        : name()
            + " failed with exit code "
            + terminated.exitCode()
            + inBrackets(terminated.reason(), terminated.message());
  }

  /** {@code (Reason: message)}, leaving out what is not known. */
  static String inBrackets(String reason, String message) {
    String line = oneLine(message);
    if (reason.isEmpty() && line.isEmpty()) {
      return "";
    }
    String separator = reason.isEmpty() || line.isEmpty() ? "" : ": ";
    return " (" + reason + separator + line + ")";
  }

  private String running(WaitFor wanted) {
    if (init) {
      return name() + " is still running";
    }
    if (wanted == WaitFor.COMPLETED) {
      return name() + " is still running";
    }
    if (!status.started()) {
      return name() + ": startup probe does not succeed yet" + probe();
    }
    return status.ready()
        ? name() + " runs"
        : name() + ": readiness probe does not succeed yet" + probe();
  }

  private String probe() {
    return inBrackets("", status.probe().orElse(""));
  }

  private String crashLoop(String detail) {
    return status
        .lastTermination()
        .map(last -> status.failures() > 1 ? exits(last) : terminated(last))
        .orElseGet(() -> name() + " fails and is started again" + detail);
  }

  private String exits(ContainerState.Terminated last) {
    String detail =
        last.reason().equals("Error") && last.message().isEmpty()
            ? ""
            : inBrackets(last.reason(), last.message());
    return name() + " exits with code " + last.exitCode() + " again and again" + times() + detail;
  }

  private String times() {
    return status.failures() > 0 ? " (" + status.failures() + " times)" : "";
  }

  private String image() {
    return name() + ": image " + status.image();
  }

  /** What the container is called in a line. */
  String name() {
    return (init ? "init container " : "container ") + status.name();
  }

  private static String message(String message) {
    return message.isEmpty() ? "" : ": " + oneLine(message);
  }

  private static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 3) + "...";
  }
}
