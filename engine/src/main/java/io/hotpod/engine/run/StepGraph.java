package io.hotpod.engine.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The nodes of an operation and which come before which. Immutable.
 *
 * @param predecessors every node is a key; values name keys only; free of cycles
 */
record StepGraph(Map<Node, Set<Node>> predecessors) {
  StepGraph {
    Map<Node, Set<Node>> copy = new LinkedHashMap<>();
    predecessors.forEach(
        (node, before) -> copy.put(node, Collections.unmodifiableSet(new LinkedHashSet<>(before))));
    predecessors = Collections.unmodifiableMap(copy);
  }

  /** The same nodes, each after those that it was before. */
  StepGraph reversed() {
    Map<Node, Set<Node>> turned = new LinkedHashMap<>();
    predecessors.keySet().forEach(node -> turned.put(node, new LinkedHashSet<>()));
    predecessors.forEach(
        (node, before) ->
            before.forEach(
                earlier ->
                    turned.computeIfAbsent(earlier, key -> new LinkedHashSet<>()).add(node)));
    return new StepGraph(turned);
  }

  /** Some of the nodes, with the order among them. */
  StepGraph only(Predicate<Node> wanted) {
    Map<Node, Set<Node>> kept = new LinkedHashMap<>();
    predecessors.forEach(
        (node, before) -> {
          if (wanted.test(node)) {
            kept.put(node, new LinkedHashSet<>(before.stream().filter(wanted).toList()));
          }
        });
    return new StepGraph(kept);
  }

  /** Which nodes become ready when which is done. */
  Map<Node, Set<Node>> successors() {
    return reversed().predecessors();
  }

  /** Whether every node can be reached; false for a graph with a cycle. */
  boolean isAcyclic() {
    Map<Node, Integer> waitingFor = new HashMap<>();
    Queue<Node> ready = new ArrayDeque<>();
    predecessors.forEach(
        (node, before) -> {
          waitingFor.put(node, before.size());
          if (before.isEmpty()) {
            ready.add(node);
          }
        });
    Map<Node, Set<Node>> successors = successors();
    int reached = 0;
    while (!ready.isEmpty()) {
      Node node = ready.remove();
      reached++;
      for (Node next : successors.getOrDefault(node, Set.of())) {
        if (waitingFor.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    return reached == predecessors.size();
  }

  /** Builds a graph piece by piece. */
  static final class Builder {
    private final Map<Node, Set<Node>> predecessors = new LinkedHashMap<>();

    void node(Node node) {
      predecessors.computeIfAbsent(node, key -> new LinkedHashSet<>());
    }

    /** Both must have been added; edges to oneself and to strangers are left out. */
    void edge(Node earlier, Node later) {
      if (!earlier.equals(later)
          && predecessors.containsKey(earlier)
          && predecessors.containsKey(later)) {
        predecessors.get(later).add(earlier);
      }
    }

    void edges(Collection<Node> earlier, Node later) {
      earlier.forEach(node -> edge(node, later));
    }

    StepGraph build() {
      return new StepGraph(predecessors);
    }
  }
}
