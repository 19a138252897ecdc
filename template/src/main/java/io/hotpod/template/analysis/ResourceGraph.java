package io.hotpod.template.analysis;

import io.hotpod.template.TemplateInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The resources of a template and what each needs, in layers: a resource stands one layer below the
 * lowest that it needs, so whatever shares a layer can be created side by side. Immutable.
 */
public final class ResourceGraph {
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Set<String>> needs = new LinkedHashMap<>();
  private final List<List<String>> layers = new ArrayList<>();

  private ResourceGraph() {}

  /** The graph of the resources that no condition turns off. */
  public static ResourceGraph of(TemplateInstance template) {
    ResourceGraph graph = new ResourceGraph();
    Map<String, Integer> layerOf = new LinkedHashMap<>();
    for (String name : template.order()) {
      Set<String> needs = new LinkedHashSet<>(template.dependencies(name));
      int layer = 0;
      for (String needed : needs) {
        layer = Math.max(layer, layerOf.getOrDefault(needed, 0) + 1);
      }
      layerOf.put(name, layer);
    }
    template
        .resources()
        .values()
        .forEach(
            resource -> {
              graph.types.put(resource.name(), resource.type());
              graph.needs.put(
                  resource.name(), new LinkedHashSet<>(template.dependencies(resource.name())));
              int layer = layerOf.getOrDefault(resource.name(), 0);
              while (graph.layers.size() <= layer) {
                graph.layers.add(new ArrayList<>());
              }
              graph.layers.get(layer).add(resource.name());
            });
    return graph;
  }

  /** Resource names, the first layer needing nothing; inside a layer in the order of the text. */
  public List<List<String>> layers() {
    return layers.stream().map(List::copyOf).toList();
  }

  /** All names in the order of the text. */
  public Set<String> names() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** The type of a resource; empty when there is no such resource. */
  public String type(String name) {
    return types.getOrDefault(name, "");
  }

  /** The resources that a resource needs directly. */
  public Set<String> needs(String name) {
    return Collections.unmodifiableSet(needs.getOrDefault(name, Set.of()));
  }
}
