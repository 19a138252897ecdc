package io.hotpod.engine.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a resource type takes and gives. Validation, the API's type descriptions and the decision
 * between update and replacement all come from it.
 *
 * @param properties by name, in the order of declaration
 * @param attributes name to description
 * @param open any property is taken as it is, and any attribute exists and is null
 */
public record ResourceSchema(
    String type,
    String description,
    Map<String, PropertyDefinition> properties,
    Map<String, String> attributes,
    boolean open) {
  public ResourceSchema {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** A schema that takes just what it lists. */
  public static ResourceSchema of(
      String type,
      String description,
      List<PropertyDefinition> properties,
      Map<String, String> attributes) {
    Map<String, PropertyDefinition> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(property.name(), property));
    return new ResourceSchema(type, description, byName, attributes, false);
  }
}
