package io.hotpod.server.heat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Times as Heat writes them: UTC, whole seconds, {@code 2026-11-23T14:27:00Z}. */
public final class Times {
  private Times() {}

  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Puts a time, or null. */
  public static void put(ObjectNode object, String field, Optional<Instant> time) {
    time.ifPresentOrElse(value -> object.put(field, text(value)), () -> object.putNull(field));
  }
}
