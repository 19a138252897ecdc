package io.hotpod.cli.instance;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Sums up an instance of the API. Pure. */
final class InstanceWords {
  private InstanceWords() {}

  /** Whether it is there, and takes pods: {@code connected, drained}. */
  static String state(JsonNode instance) {
    String connection = instance.path("connected").asBoolean(false) ? "connected" : "silent";
    if (instance.path("pods_stopped").asBoolean(false)) {
      return connection + ", drained, pods stopped";
    }
    return instance.path("drained").asBoolean(false) ? connection + ", drained" : connection;
  }

  /** Its labels: {@code disk=ssd zone=a}. */
  static String labels(JsonNode instance) {
    return instance.path("labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asString(""))
        .collect(Collectors.joining(" "));
  }
}
