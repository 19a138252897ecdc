package io.hotpod.agent.runtime.kubelet;

import io.hotpod.pod.ContainerImage;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One entry of {@code containerStatuses}. Pure. */
final class ContainerReading {
  private ContainerReading() {}

  /**
   * @param image as the manifest names it; the kubelet gives the runtime's name for it
   * @param failures attempts in a row that failed, which a kubelet does not tell
   */
  static ContainerStatus read(JsonNode status, String image, int failures) {
    ContainerState state = state(status.path("state"));
    return new ContainerStatus(
            status.path("name").asString(""),
            state,
            lastTermination(status),
            status.path("ready").asBoolean(false),
            status.path("started").asBoolean(false),
            status.path("restartCount").asInt(0),
            failures,
            image,
            text(status.path("imageID")),
            text(status.path("containerID")))
        .from(text(status.path("image")).map(ContainerImage::of));
  }

  static Optional<ContainerState.Terminated> lastTermination(JsonNode status) {
    JsonNode last = status.path("lastState").path("terminated");
    return last.isObject() ? Optional.of(terminated(last)) : Optional.empty();
  }

  static ContainerState state(JsonNode state) {
    if (state.path("running").isObject()) {
      return new ContainerState.Running(
          time(state.path("running").path("startedAt")).orElse(Instant.EPOCH));
    }
    if (state.path("terminated").isObject()) {
      return terminated(state.path("terminated"));
    }
    JsonNode waiting = state.path("waiting");
    return new ContainerState.Waiting(
        waiting.path("reason").asString("ContainerCreating"), waiting.path("message").asString(""));
  }

  private static ContainerState.Terminated terminated(JsonNode terminated) {
    return new ContainerState.Terminated(
        terminated.path("exitCode").asInt(0),
        terminated.path("reason").asString(""),
        terminated.path("message").asString(""),
        time(terminated.path("startedAt")),
        time(terminated.path("finishedAt")));
  }

  /** RFC 3339; the beginning of 1970 stands for never, as for a container that never started. */
  static Optional<Instant> time(JsonNode time) {
    try {
      Instant instant = OffsetDateTime.parse(time.asString("")).toInstant();
      return instant.isAfter(Instant.EPOCH) ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.of(value.asString("")).filter(text -> !text.isEmpty());
  }
}
