package io.hotpod.agent.runtime.podman.libpod;

import tools.jackson.databind.JsonNode;

/**
 * Something happened to a container or a pod.
 *
 * @param type {@code container}, {@code pod}, {@code image}
 * @param action {@code died}, {@code remove}, {@code start} and others
 */
public record PodmanEvent(String type, String action, String id) {
  static PodmanEvent of(JsonNode event) {
    return new PodmanEvent(
        event.path("Type").asString(""),
        event.path("Action").asString(""),
        event.path("Actor").path("ID").asString(event.path("id").asString("")));
  }
}
