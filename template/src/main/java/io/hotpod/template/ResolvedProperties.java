package io.hotpod.template;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The properties of a resource as far as they can be known.
 *
 * @param known in the order of the template
 * @param unknown by property, the resources whose values it waits for
 */
public record ResolvedProperties(ObjectNode known, Map<String, Set<String>> unknown) {
  /** Whether every property is known. */
  public boolean isComplete() {
    return unknown.isEmpty();
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "ResolvedProperties[known=" + known.propertyNames() + ", unknown=" + unknown + "]";
  }
}
