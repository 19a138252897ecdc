package io.hotpod.engine.resource.nested;

import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a template can stand for a type that the server has: it must take what the type requires
 * and give what the type gives. In Heat's words. Pure.
 */
final class FacadeCheck {
  private FacadeCheck() {}

  static List<String> differences(
      ResourceSchema facade, Collection<ParameterDefinition> parameters, Set<String> outputs) {
    List<String> differences = new ArrayList<>();
    Map<String, ParameterDefinition> provided = new LinkedHashMap<>();
    parameters.forEach(parameter -> provided.put(parameter.name(), parameter));
    for (PropertyDefinition property : facade.properties().values()) {
      ParameterDefinition parameter = provided.get(property.name());
      if (parameter == null) {
        if (property.required()) {
          differences.add(
              "Required property %s for facade %s missing in provider"
                  .formatted(property.name(), facade.type()));
        }
      } else if (asParameter(property.type()) != TemplateSchema.type(parameter.type())) {
        differences.add(
            "Property %s type mismatch between facade %s (%s) and provider (%s)"
                .formatted(
                    property.name(),
                    facade.type(),
                    property.type().heatName(),
                    TemplateSchema.type(parameter.type()).heatName()));
      }
    }
    for (ParameterDefinition parameter : parameters) {
      if (parameter.defaultValue().isEmpty()
          && !facade.properties().containsKey(parameter.name())) {
        differences.add(
            "Provider requires property %s unknown in facade %s"
                .formatted(parameter.name(), facade.type()));
      }
    }
    for (String attribute : facade.attributes().keySet()) {
      if (!outputs.contains(attribute)) {
        differences.add(
            "Attribute %s for facade %s missing in provider".formatted(attribute, facade.type()));
      }
    }
    return differences;
  }

  /** The type of the parameter that takes a property of a type. */
  private static PropertyType asParameter(PropertyType type) {
    return switch (type) {
      case INTEGER, NUMBER -> PropertyType.NUMBER;
      case ANY, MAP -> PropertyType.MAP;
      case STRING, BOOLEAN, LIST -> type;
    };
  }
}
