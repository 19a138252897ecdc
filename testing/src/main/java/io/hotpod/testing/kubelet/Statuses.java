package io.hotpod.testing.kubelet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of one container at a moment, in the shapes that a kubelet was seen to give. Pure.
 *
 * @param container of the manifest
 * @param at seconds since the pod's containers could start; negative before
 * @param begun when that was, on the machine's clock
 * @param carried restarts of an earlier life under the same uid
 */
record Statuses(JsonNode container, double at, Instant begun, int carried, String podName) {
  /** When the runs of a container begin that ends at once, in seconds. */
  private static final double[] RUNS = {0, 1.3, 16.3, 47.3, 110, 230};

  private static final double RUN_LENGTH = 0.3;
  private static final double TERMINATED_FOR = 0.5;
  private static final double PULL_PERIOD = 13;
  private static final double PULL_ERROR = 3;

  private Behaviour behaviour() {
    return Behaviour.of(container);
  }

  /** A container of a pod with init containers, or without. */
  ObjectNode main(String policy, boolean initializing, boolean hasInit) {
    if (initializing || at < 0) {
      return waiting(hasInit ? "PodInitializing" : "ContainerCreating", "", 0);
    }
    return switch (behaviour()) {
      case RUNS, IGNORES_TERM -> running(true, 0, 0);
      case NEVER_READY -> running(false, 0, 0);
      case NOT_PULLABLE -> pull();
      case NEVER_PULLED ->
          waiting(
              "ErrImageNeverPull",
              "Container image \"" + image() + "\" is not present with pull policy of Never",
              0);
      case BAD_NAME ->
          waiting("InvalidImageName", "Failed to apply default image tag \"" + image() + "\"", 0);
      case FAILS_LIVENESS -> again(3, "Completed");
      case COMMAND_NOT_FOUND -> notFound();
      case EXITS_0, EXITS_3, EXITS_5, EXITS_7 ->
          restarted(policy) ? again(RUN_LENGTH, reason()) : once();
      case OUT_OF_MEMORY -> again(RUN_LENGTH, "OOMKilled");
    };
  }

  /** An init container, which ends by itself. */
  ObjectNode init(String policy) {
    if (at < 0) {
      return waiting("PodInitializing", "", 0);
    }
    return behaviour() == Behaviour.EXITS_5 && !policy.equals("Never")
        ? again(RUN_LENGTH, "Error")
        : once();
  }

  private boolean restarted(String policy) {
    return switch (policy) {
      case "Never" -> false;
      case "OnFailure" -> behaviour().exitCode() != 0;
      default -> true;
    };
  }

  private String reason() {
    return behaviour().exitCode() == 0 ? "Completed" : "Error";
  }

  private String image() {
    return container.path("image").asString("");
  }

  private ObjectNode pull() {
    double phase = at % PULL_PERIOD;
    ObjectNode status =
        phase < PULL_ERROR
            ? waiting("ErrImagePull", "failed to pull and unpack image \"" + image() + "\"", 0)
            : waiting("ImagePullBackOff", "Back-off pulling image \"" + image() + "\"", 0);
    status.put("imageID", "");
    return status;
  }

  private ObjectNode once() {
    if (at < RUN_LENGTH) {
      return running(true, 0, 0);
    }
    ObjectNode status = base(0);
    status.withObjectProperty("state").set("terminated", terminated(0, RUN_LENGTH, reason()));
    status.put("ready", behaviour().exitCode() == 0 && container.path("ports").isMissingNode());
    status.put("started", false);
    return status;
  }

  /** Ends and is started again, with a growing pause. */
  private ObjectNode again(double length, String reason) {
    int run = 0;
    while (run + 1 < RUNS.length && at >= start(run + 1, length)) {
      run++;
    }
    double inRun = at - start(run, length);
    if (inRun < length) {
      ObjectNode status = running(true, run, start(run, length));
      if (run > 0) {
        status
            .withObjectProperty("lastState")
            .set("terminated", terminated(start(run - 1, length), length, reason));
      }
      return status;
    }
    ObjectNode last = terminated(start(run, length), length, reason);
    if (inRun < length + TERMINATED_FOR) {
      ObjectNode status = base(run);
      status.withObjectProperty("state").set("terminated", last);
      return status;
    }
    ObjectNode status = backOff(run);
    status.withObjectProperty("lastState").set("terminated", last);
    return status;
  }

  private static double start(int run, double length) {
    return RUNS[run] + (run == 0 ? 0 : length - RUN_LENGTH);
  }

  private ObjectNode notFound() {
    int run = 0;
    while (run + 1 < RUNS.length && at >= RUNS[run + 1]) {
      run++;
    }
    ObjectNode status =
        at - RUNS[run] < TERMINATED_FOR
            ? waiting("RunContainerError", "exec: \"nosuch\": executable file not found", run)
            : backOff(run);
    ObjectNode last = terminated(RUNS[run], 0, "StartError");
    last.put("startedAt", "1970-01-01T00:00:00Z");
    status.withObjectProperty("lastState").set("terminated", last);
    return status;
  }

  private ObjectNode backOff(int run) {
    return waiting(
        "CrashLoopBackOff",
        "back-off %ds restarting failed container=%s pod=%s"
            .formatted(10 << Math.min(run, 4), container.path("name").asString(""), podName),
        run);
  }

  private ObjectNode running(boolean ready, int restarts, double since) {
    ObjectNode status = base(restarts);
    status
        .withObjectProperty("state")
        .withObjectProperty("running")
        .put("startedAt", time(since).toString());
    status.put("ready", ready);
    status.put("started", true);
    return status;
  }

  private ObjectNode waiting(String reason, String message, int restarts) {
    ObjectNode status = base(restarts);
    ObjectNode waiting = status.withObjectProperty("state").withObjectProperty("waiting");
    waiting.put("reason", reason);
    if (!message.isEmpty()) {
      waiting.put("message", message);
    }
    status.put("imageID", "");
    return status;
  }

  private ObjectNode terminated(double start, double length, String reason) {
    ObjectNode terminated = JsonNodeFactory.instance.objectNode();
    terminated.put("exitCode", behaviour().exitCode());
    terminated.put("reason", reason);
    terminated.put("startedAt", time(start).toString());
    terminated.put("finishedAt", time(start + length).toString());
    return terminated;
  }

  private ObjectNode base(int restarts) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("name", container.path("name").asString(""));
    status.putObject("state");
    status.putObject("lastState");
    status.put("ready", false);
    status.put("restartCount", restarts + carried);
    // The runtime's name for the image, which is not always the manifest's.
    status.put("image", "sha256:8d6c");
    status.put("imageID", "sha256:8d6c5b1f");
    status.put(
        "containerID",
        "containerd://"
            + Integer.toHexString((podName + container.path("name")).hashCode())
            + "-"
            + (restarts + carried));
    status.put("started", false);
    return status;
  }

  private Instant time(double seconds) {
    return begun.plusMillis((long) (seconds * 1000)).truncatedTo(ChronoUnit.SECONDS);
  }
}
