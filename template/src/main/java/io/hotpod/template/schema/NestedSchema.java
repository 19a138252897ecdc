package io.hotpod.template.schema;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a map or a list holds. Immutable. */
public sealed interface NestedSchema {
  /** The name that Heat gives to the schema of each item. */
  String EACH = "*";

  /**
   * A map of known keys.
   *
   * @param properties by key, in the order of declaration
   */
  record Keys(Map<String, PropertyDefinition> properties) implements NestedSchema {
    public Keys {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** A map of these. */
    public static Keys of(Collection<PropertyDefinition> properties) {
      return new Keys(byName(properties));
    }
  }

  /** A list whose items, or a map whose values, are all alike. */
  record Each(PropertyDefinition item) implements NestedSchema {
    public Each {
      requireNonNull(item, "item is null");
    }
  }

  /** In the order given. */
  static Map<String, PropertyDefinition> byName(Collection<PropertyDefinition> properties) {
    Map<String, PropertyDefinition> byName = new LinkedHashMap<>();
    for (PropertyDefinition property : properties) {
      if (byName.put(property.name(), property) != null) {
        throw new IllegalArgumentException("property " + property.name() + " is declared twice");
      }
    }
    return byName;
  }
}
