package io.hotpod.agent.runtime.podman.libpod;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Podman's times: RFC 3339, where the year 1 stands for never. */
final class Times {
  private Times() {}

  static Optional<Instant> read(JsonNode time) {
    if (time.asString("").startsWith("0001-")) {
      return Optional.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(time.asString("")).toInstant();
      return instant.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(instant);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
