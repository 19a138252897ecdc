package io.hotpod.server.heat;

import io.hotpod.engine.secret.Redaction;
import io.hotpod.server.http.Json;
import io.hotpod.template.Constraint;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.ParameterGroup;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A parameter of a template as Heat's validate call shows it. */
final class ParameterJson {
  private static final JsonNode HIDDEN = JsonNodeFactory.instance.stringNode(Redaction.HIDDEN);

  private ParameterJson() {}

  /**
   * @param values that are given for the template's parameters
   */
  static ObjectNode validated(ParameterDefinition parameter, Map<String, JsonNode> values) {
    ObjectNode object = Json.object();
    object.put("Type", parameter.type().displayName());
    object.put("Description", parameter.description());
    object.put("NoEcho", Boolean.toString(parameter.hidden()));
    object.put("Label", parameter.label());
    putValue(object, "Default", parameter.defaultValue(), parameter.hidden());
    Optional<JsonNode> given = Optional.ofNullable(values.get(parameter.name()));
    putValue(object, "Value", given.or(parameter::defaultValue), parameter.hidden());
    if (!parameter.tags().isEmpty()) {
      object.set("Tags", Json.strings(parameter.tags()));
    }
    for (Constraint constraint : parameter.constraints()) {
      put(object, constraint);
      constraint.description().ifPresent(words -> object.put("ConstraintDescription", words));
    }
    return object;
  }

  private static void putValue(
      ObjectNode object, String field, Optional<JsonNode> value, boolean hidden) {
    value.ifPresent(present -> object.set(field, hidden ? HIDDEN : present));
  }

  private static void put(ObjectNode object, Constraint constraint) {
    switch (constraint) {
      case Constraint.Length length -> {
        length.min().ifPresent(min -> object.put("MinLength", min));
        length.max().ifPresent(max -> object.put("MaxLength", max));
      }
      case Constraint.Range range -> {
        range.min().ifPresent(min -> object.put("MinValue", min));
        range.max().ifPresent(max -> object.put("MaxValue", max));
      }
      case Constraint.Modulo modulo ->
          object.put("Step", modulo.step()).put("Offset", modulo.offset());
      case Constraint.AllowedValues allowed ->
          allowed.values().forEach(object.putArray("AllowedValues")::add);
      case Constraint.AllowedPattern allowed ->
          object.put("AllowedPattern", allowed.pattern().pattern());
      case Constraint.Custom custom ->
          object.put("CustomConstraint", custom.constraint().keyword());
    }
  }

  static ObjectNode group(ParameterGroup group) {
    ObjectNode object = Json.object();
    object.put("label", group.label()).put("description", group.description());
    object.set("parameters", Json.strings(group.parameters()));
    return object;
  }
}
