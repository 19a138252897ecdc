package io.hotpod.template;

import io.hotpod.document.Location;
import java.util.List;
import java.util.Optional;

/**
 * A resource as the template declares it.
 *
 * @param properties a map, or a function that comes to one
 * @param explicitDependencies {@code depends_on}
 * @param deletionPolicy what {@link TemplateInstance#deletionPolicy} decides
 * @param updatePolicy what {@link TemplateInstance#updatePolicy} resolves
 * @param externalId what {@link TemplateInstance#externalId} decides
 * @param description empty when the template gives none
 * @param place of its name
 */
public record ResourceDefinition(
    String name,
    String type,
    Expression properties,
    Optional<Expression> metadata,
    List<ResourceReference> explicitDependencies,
    Optional<Condition> condition,
    Optional<Expression> deletionPolicy,
    Optional<Expression> updatePolicy,
    Optional<Expression> externalId,
    String description,
    Place place) {
  public ResourceDefinition {
    explicitDependencies = List.copyOf(explicitDependencies);
  }

  /** The names in {@code depends_on}, also of resources that a condition turns off. */
  public List<String> dependsOn() {
    return explicitDependencies.stream().map(ResourceReference::resource).toList();
  }

  /** Where its name stands. */
  public Optional<Location> location() {
    return place.location();
  }
}
