package io.hotpod.cli.progress;

import tools.jackson.databind.JsonNode;

/** Says in a few words what a container does, from its status as the API shows it. Pure. */
public final class ContainerWords {
  private ContainerWords() {}

  /** Such as {@code running, ready} or {@code waiting: CrashLoopBackOff, 3 restarts}. */
  public static String of(JsonNode container) {
    JsonNode state = container.path("state");
    StringBuilder words = new StringBuilder();
    switch (state.path("state").asString("")) {
      case "running" ->
          words.append(container.path("ready").asBoolean(false) ? "running, ready" : "running");
      case "waiting" -> words.append(reason("waiting", state));
      case "terminated" -> {
        words.append(reason("ended", state));
        words.append(" (exit code ").append(state.path("exitCode").asInt(0)).append(')');
      }
      default -> words.append("not reported yet");
    }
    int restarts = container.path("restarts").asInt(0);
    if (restarts > 0) {
      words.append(", ").append(restarts).append(restarts == 1 ? " restart" : " restarts");
    }
    return words.toString();
  }

  static String join(String reason, String message) {
    return message.isEmpty() ? reason : reason.isEmpty() ? message : reason + ": " + message;
  }

  private static String reason(String word, JsonNode state) {
    String why = join(state.path("reason").asString(""), state.path("message").asString(""));
    return why.isEmpty() ? word : word + ": " + why;
  }
}
