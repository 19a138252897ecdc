package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * One property of a resource type. Immutable; the methods give a changed copy.
 *
 * @param updateAllowed a change is made in place; otherwise it replaces the resource
 * @param allowedValues empty when any value of the type will do
 */
public record PropertyDefinition(
    String name,
    PropertyType type,
    String description,
    boolean required,
    boolean updateAllowed,
    Optional<JsonNode> defaultValue,
    List<String> allowedValues,
    OptionalLong minimum,
    OptionalLong maximum) {
  public PropertyDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
    requireNonNull(defaultValue, "defaultValue is null");
    allowedValues = List.copyOf(allowedValues);
    requireNonNull(minimum, "minimum is null");
    requireNonNull(maximum, "maximum is null");
  }

  /** An optional property whose change replaces the resource. */
  public static PropertyDefinition of(String name, PropertyType type, String description) {
    return new PropertyDefinition(
        name,
        type,
        description,
        false,
        false,
        Optional.empty(),
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** The same, but it must be given. */
  public PropertyDefinition mandatory() {
    return new PropertyDefinition(
        name,
        type,
        description,
        true,
        updateAllowed,
        defaultValue,
        allowedValues,
        minimum,
        maximum);
  }

  /** The same, but a change is made in place. */
  public PropertyDefinition updatable() {
    return new PropertyDefinition(
        name, type, description, required, true, defaultValue, allowedValues, minimum, maximum);
  }

  /** The same, with a value for when none is given. */
  public PropertyDefinition withDefault(JsonNode value) {
    return new PropertyDefinition(
        name,
        type,
        description,
        required,
        updateAllowed,
        Optional.of(value),
        allowedValues,
        minimum,
        maximum);
  }

  /** The same, but only these strings will do. */
  public PropertyDefinition oneOf(List<String> values) {
    return new PropertyDefinition(
        name, type, description, required, updateAllowed, defaultValue, values, minimum, maximum);
  }

  /** The same, but only numbers from one bound to the other, both included. */
  public PropertyDefinition between(long least, long most) {
    return new PropertyDefinition(
        name,
        type,
        description,
        required,
        updateAllowed,
        defaultValue,
        allowedValues,
        OptionalLong.of(least),
        OptionalLong.of(most));
  }
}
