package io.hotpod.server.heat;

import io.hotpod.engine.resource.ResourceRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which resources require which. */
final class Dependents {
  private Dependents() {}

  /** For each resource, those that require it; one pass over all. */
  static Map<String, Set<String>> all(Collection<ResourceRecord> resources) {
    Map<String, Set<String>> dependents = new HashMap<>();
    for (ResourceRecord resource : resources) {
      for (String required : resource.requires()) {
        dependents.computeIfAbsent(required, absent -> new TreeSet<>()).add(resource.name());
      }
    }
    return dependents;
  }

  /** Those that require one resource. */
  static Set<String> of(String name, Collection<ResourceRecord> resources) {
    return all(resources).getOrDefault(name, Set.of());
  }
}
