package io.hotpod.engine.run;

import io.hotpod.engine.resource.ResourceRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The graphs of the operations. Pure. */
final class ConvergeGraph {
  private ConvergeGraph() {}

  /**
   * The graph that leads from what exists to a target: every name of the target after those that it
   * depends on; every physical resource looked at for removal after its own name was brought in
   * line and after everything that depends on it was.
   *
   * @param target name to the names that it depends on; empty to remove everything
   * @param existing all physical resources at the start
   */
  static StepGraph converge(Map<String, Set<String>> target, Collection<ResourceRecord> existing) {
    StepGraph ordered = converge(target, existing, true);
    // Incarnations of different definitions can depend on each other in a circle; then the order
    // among removals is given up rather than the removal.
    return ordered.isAcyclic() ? ordered : converge(target, existing, false);
  }

  private static StepGraph converge(
      Map<String, Set<String>> target, Collection<ResourceRecord> existing, boolean orderRemovals) {
    StepGraph.Builder graph = new StepGraph.Builder();
    target.keySet().forEach(name -> graph.node(new Node.Apply(name)));
    existing.forEach(resource -> graph.node(new Node.Clean(resource.id())));
    target.forEach(
        (name, dependencies) ->
            dependencies.forEach(
                dependency -> graph.edge(new Node.Apply(dependency), new Node.Apply(name))));
    Map<String, Set<Node>> dependents = new HashMap<>();
    existing.forEach(
        resource ->
            resource
                .requires()
                .forEach(
                    name ->
                        dependents
                            .computeIfAbsent(name, key -> new LinkedHashSet<>())
                            .add(new Node.Clean(resource.id()))));
    for (ResourceRecord resource : existing) {
      Node clean = new Node.Clean(resource.id());
      graph.edge(new Node.Apply(resource.name()), clean);
      if (orderRemovals) {
        graph.edges(dependents.getOrDefault(resource.name(), Set.of()), clean);
      }
    }
    return graph.build();
  }

  /** One node for each current resource, each after those that it depends on. */
  static StepGraph touch(Collection<ResourceRecord> current) {
    StepGraph.Builder graph = new StepGraph.Builder();
    Map<String, Set<String>> requires = new LinkedHashMap<>();
    current.forEach(resource -> requires.put(resource.name(), resource.requires()));
    requires.keySet().forEach(name -> graph.node(new Node.Touch(name)));
    requires.forEach(
        (name, dependencies) ->
            dependencies.forEach(
                dependency -> graph.edge(new Node.Touch(dependency), new Node.Touch(name))));
    return graph.build();
  }
}
