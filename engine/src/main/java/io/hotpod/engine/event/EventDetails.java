package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event with what its resource was made of.
 *
 * @param properties of the resource when it happened, without what is for nobody's eyes; empty for
 *     an event of the stack itself, and when they are not known any more
 */
public record EventDetails(Event event, ObjectNode properties) {
  public EventDetails {
    requireNonNull(event, "event is null");
    requireNonNull(properties, "properties is null");
  }
}
