package io.hotpod.cli.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Puts resources in an order in which each comes after those that it needs. Pure. */
final class DependencyOrder {
  private final List<ResourceView> resources;
  private final Map<String, Set<String>> requires = new LinkedHashMap<>();

  DependencyOrder(List<ResourceView> resources) {
    this.resources = List.copyOf(resources);
    for (ResourceView resource : resources) {
      for (String user : resource.requiredBy()) {
        requires.computeIfAbsent(user, name -> new LinkedHashSet<>()).add(resource.name());
      }
    }
  }

  /** Names of the resources that one needs directly. */
  Set<String> requires(String name) {
    return requires.getOrDefault(name, Set.of());
  }

  /** All resources; where the order leaves a choice they stay as they were. */
  List<ResourceView> sorted() {
    Map<String, Integer> position = new HashMap<>();
    for (int index = 0; index < resources.size(); index++) {
      position.put(resources.get(index).name(), index);
    }
    int[] missing = new int[resources.size()];
    PriorityQueue<Integer> free = new PriorityQueue<>();
    for (int index = 0; index < resources.size(); index++) {
      missing[index] = requires(resources.get(index).name()).size();
      if (missing[index] == 0) {
        free.add(index);
      }
    }
    Set<ResourceView> sorted = new LinkedHashSet<>();
    while (!free.isEmpty()) {
      ResourceView resource = resources.get(free.remove());
      sorted.add(resource);
      for (String user : Set.copyOf(resource.requiredBy())) {
        Integer index = position.get(user);
        if (index != null && --missing[index] == 0) {
          free.add(index);
        }
      }
    }
    // Whatever the server says, none is left out.
    sorted.addAll(resources);
    return new ArrayList<>(sorted);
  }
}
