package io.hotpod.template;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A parameter as the template declares it.
 *
 * @param label the name when the template gives none
 * @param description empty when the template gives none
 * @param defaultValue as written, not yet converted to the type
 * @param hidden whether its value is shown as {@code ******}
 * @param immutable whether an update may not change it
 */
public record ParameterDefinition(
    String name,
    ParameterType type,
    String label,
    String description,
    Optional<JsonNode> defaultValue,
    boolean hidden,
    boolean immutable,
    List<Constraint> constraints,
    List<String> tags,
    Place place) {
  public ParameterDefinition {
    constraints = List.copyOf(constraints);
    tags = List.copyOf(tags);
  }

  /** Leaves out the default, which may be secret. */
  @Override
  public String toString() {
    return "ParameterDefinition[" + name + ", " + type.keyword() + "]";
  }
}
