package io.hotpod.template.environment;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.Location;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the events of a stack are to be sent as well.
 *
 * @param type Heat ships {@code zaqar-queue} only
 * @param settings everything that the environment says of it, its type included
 * @param location where it stands; empty when it did not come from a text
 */
public record EventSink(String type, ObjectNode settings, Optional<Location> location) {
  public EventSink {
    requireNonNull(type, "type is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(location, "location is null");
  }

  /** Where it stands does not matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EventSink sink
        && type.equals(sink.type)
        && settings.equals(sink.settings);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + settings.hashCode();
  }
}
