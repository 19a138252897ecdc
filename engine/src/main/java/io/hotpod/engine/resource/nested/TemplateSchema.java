package io.hotpod.engine.resource.nested;

import io.hotpod.template.Constraint;
import io.hotpod.template.OutputDefinition;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.ParameterType;
import io.hotpod.template.Template;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SupportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a template takes and gives as a resource type: its parameters and its outputs. Pure. */
final class TemplateSchema {
  private TemplateSchema() {}

  /**
   * The schema.
   *
   * @param defaulted parameters that have a value without being given one
   */
  static ResourceSchema of(String type, Template template, Set<String> defaulted) {
    List<PropertyDefinition> properties = new ArrayList<>();
    for (ParameterDefinition parameter : template.parameters().values()) {
      boolean required =
          parameter.defaultValue().isEmpty() && !defaulted.contains(parameter.name());
      properties.add(property(parameter, required));
    }
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (OutputDefinition output : template.outputs().values()) {
      attributes.add(
          new AttributeDefinition(
              output.name(), Optional.empty(), output.description(), SupportStatus.SUPPORTED));
    }
    return ResourceSchema.of(type, template.description(), properties, attributes);
  }

  /** A default stays the template's: a property that is not given is a parameter not given. */
  private static PropertyDefinition property(ParameterDefinition parameter, boolean required) {
    PropertyDefinition property =
        PropertyDefinition.of(parameter.name(), type(parameter.type()), parameter.description())
            // The template's own resources decide what a change means.
            .updatable()
            .convertible();
    if (required) {
      property = property.mandatory();
    }
    if (parameter.hidden()) {
      property = property.secret();
    }
    boolean plain =
        parameter.type() != ParameterType.JSON
            && parameter.type() != ParameterType.COMMA_DELIMITED_LIST;
    // Lists and maps may come as text; the parameter checks them when it has read them.
    for (Constraint constraint : plain ? parameter.constraints() : List.<Constraint>of()) {
      property = property.constrained(constraint);
    }
    return property;
  }

  static PropertyType type(ParameterType type) {
    return switch (type) {
      case STRING -> PropertyType.STRING;
      case NUMBER -> PropertyType.NUMBER;
      case BOOLEAN -> PropertyType.BOOLEAN;
      case COMMA_DELIMITED_LIST -> PropertyType.LIST;
      case JSON -> PropertyType.MAP;
    };
  }
}
