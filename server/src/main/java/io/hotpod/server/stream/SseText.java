package io.hotpod.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.event.Event;
import io.hotpod.server.http.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes server-sent events. Used by one thread. */
final class SseText {
  /** How long a client whose stream ended should wait before it comes back. */
  private static final int RETRY_MILLIS = 2000;

  private final StringBuilder text = new StringBuilder();

  /** The first words: the place from which the stream goes on. */
  void ready(Optional<String> newest) {
    text.append("retry: ").append(RETRY_MILLIS).append('\n');
    newest.ifPresent(id -> text.append("id: ").append(id).append('\n'));
    text.append("event: ready\ndata: {}\n\n");
  }

  /** Nothing happened; the stream is still there. */
  void heartbeat() {
    text.append(":\n\n");
  }

  /** JSON without line ends is one line of data. */
  void event(Event event, ObjectNode json) {
    text.append("id: ").append(event.id()).append('\n');
    text.append("event: ")
        .append(event.resourceType().equals(Event.STACK_TYPE) ? "stack" : "resource")
        .append('\n');
    text.append("data: ").append(Json.write(json)).append("\n\n");
  }

  byte[] take() {
    byte[] bytes = text.toString().getBytes(UTF_8);
    text.setLength(0);
    return bytes;
  }
}
