package io.hotpod.template.schema;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a resource type takes and gives. Validation, the API's type descriptions, generated
 * templates, documentation and the decision between update and replacement all come from it.
 * Immutable.
 *
 * @param type its name, such as {@code OS::Heat::Value}
 * @param description a sentence for people
 * @param properties by name, in the order of declaration
 * @param attributes by name, in the order of declaration; without {@code show}
 * @param open any property is taken as it is; its {@code properties} are then not looked at
 * @param anyAttribute any attribute exists, besides those that are listed
 */
public record ResourceSchema(
    String type,
    String description,
    Map<String, PropertyDefinition> properties,
    Map<String, AttributeDefinition> attributes,
    boolean open,
    boolean anyAttribute,
    SupportStatus support) {
  /** An attribute that every type has in Heat: all that is known of the resource. */
  public static final String SHOW = "show";

  public ResourceSchema {
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    requireNonNull(support, "support is null");
  }

  /** A schema that takes and gives just what it lists. */
  public static ResourceSchema of(
      String type,
      String description,
      List<PropertyDefinition> properties,
      List<AttributeDefinition> attributes) {
    Map<String, AttributeDefinition> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    return new ResourceSchema(
        type,
        description,
        NestedSchema.byName(properties),
        byName,
        false,
        false,
        SupportStatus.SUPPORTED);
  }

  /** A schema that takes and gives anything. */
  public static ResourceSchema anything(String type, String description) {
    return new ResourceSchema(
        type, description, Map.of(), Map.of(), true, true, SupportStatus.SUPPORTED);
  }

  /** The same, supported in another way. */
  public ResourceSchema supported(SupportStatus status) {
    return new ResourceSchema(
        type, description, properties, attributes, open, anyAttribute, status);
  }

  /** The same, but attributes that it does not list exist as well. */
  public ResourceSchema withAnyAttribute() {
    return new ResourceSchema(type, description, properties, attributes, open, true, support);
  }

  /** Whether {@code get_attr} may name this attribute. */
  public boolean hasAttribute(String name) {
    return anyAttribute || name.equals(SHOW) || attributes.containsKey(name);
  }
}
