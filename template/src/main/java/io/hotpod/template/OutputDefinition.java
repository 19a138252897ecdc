package io.hotpod.template;

import java.util.Optional;

/**
 * An output as the template declares it.
 *
 * @param description {@code No description given} when the template gives none, as in Heat
 */
public record OutputDefinition(
    String name, Expression value, String description, Optional<Condition> condition, Place place) {
  static final String NO_DESCRIPTION = "No description given";
}
