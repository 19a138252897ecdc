package io.hotpod.cli.progress;

import tools.jackson.databind.JsonNode;

/**
 * An event as the API lists it.
 *
 * @param time as the API writes it
 * @param status action and status together: {@code CREATE_COMPLETE}
 */
record EventView(
    String id, String time, String resource, String status, String reason, String physicalId) {
  static EventView of(JsonNode event) {
    return new EventView(
        event.path("id").asString(""),
        event.path("event_time").asString(""),
        event.path("resource_name").asString(""),
        event.path("resource_status").asString(""),
        event.path("resource_status_reason").asString(""),
        event.path("physical_resource_id").asString(""));
  }

  /** Whether it tells of the stack itself. */
  boolean isOf(String stackId) {
    return physicalId.equals(stackId);
  }

  /** {@code CREATE} of {@code CREATE_IN_PROGRESS}. */
  String action() {
    return State.action(status);
  }

  /** What the reason says beyond the status; empty when nothing. */
  String words() {
    return reason.equals("state changed") ? "" : reason;
  }
}
