package io.hotpod.template.schema;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One attribute of a resource type. Immutable.
 *
 * @param description a sentence for people
 * @param type empty when it can be anything
 */
public record AttributeDefinition(
    String name, Optional<PropertyType> type, String description, SupportStatus support) {
  public AttributeDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
    requireNonNull(support, "support is null");
  }

  /** An attribute that is there to stay. */
  public static AttributeDefinition of(String name, PropertyType type, String description) {
    return new AttributeDefinition(name, Optional.of(type), description, SupportStatus.SUPPORTED);
  }
}
