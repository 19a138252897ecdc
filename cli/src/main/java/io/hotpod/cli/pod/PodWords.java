package io.hotpod.cli.pod;

import io.hotpod.cli.progress.ContainerWords;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sums up a pod of the API. Pure. */
final class PodWords {
  private PodWords() {}

  /** How many of its containers are ready: {@code 1/2}. */
  static String ready(JsonNode pod) {
    int ready = 0;
    for (JsonNode container : pod.path("containers")) {
      if (container.path("ready").asBoolean(false)) {
        ready++;
      }
    }
    return ready + "/" + pod.path("containers").size();
  }

  /** Restarts of all its containers. */
  static int restarts(JsonNode pod) {
    int restarts = 0;
    for (JsonNode container : pod.path("containers")) {
      restarts += container.path("restarts").asInt(0);
    }
    return restarts;
  }

  /** Why it is not ready: the pod's own reason, then those of its containers; empty when it is. */
  static String why(JsonNode pod) {
    if (pod.path("ready").asBoolean(false)) {
      return "";
    }
    List<String> reasons = new ArrayList<>();
    String reason = pod.path("reason").asString("");
    String message = pod.path("message").asString("");
    if (!reason.isEmpty() || !message.isEmpty()) {
      reasons.add(message.isEmpty() ? reason : message);
    }
    for (String kind : List.of("init_containers", "containers")) {
      for (JsonNode container : pod.path(kind)) {
        String state = container.path("state").path("state").asString("");
        String words = ContainerWords.of(container);
        boolean told = !message.isEmpty() && words.contains(message);
        if (!container.path("ready").asBoolean(false) && !state.isEmpty() && !told) {
          reasons.add(container.path("name").asString("") + ": " + words);
        }
      }
    }
    return String.join("; ", reasons);
  }
}
