package io.hotpod.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which named things can be done when some need others, or a cycle that makes it
 * impossible. Linear in names and edges, and without recursion: chains may be long.
 *
 * @param order every name after all that it needs; empty when there is a cycle
 * @param cycle a closed walk such as {@code a, b, a}; empty when there is none
 */
record DependencyGraph(List<String> order, List<String> cycle) {
  private enum State {
    OPEN,
    DONE
  }

  private record Visit(String name, Iterator<String> needs) {}

  /** Walks the graph in the order of the map; names that are needed but not keys are ignored. */
  static DependencyGraph of(Map<String, Set<String>> needs) {
    Map<String, State> states = new HashMap<>();
    List<String> order = new ArrayList<>(needs.size());
    for (String start : needs.keySet()) {
      if (states.containsKey(start)) {
        continue;
      }
      Deque<Visit> path = new ArrayDeque<>();
      enter(start, needs, states, path);
      while (!path.isEmpty()) {
        Visit visit = path.getLast();
        if (!visit.needs().hasNext()) {
          states.put(visit.name(), State.DONE);
          order.add(visit.name());
          path.removeLast();
          continue;
        }
        String next = visit.needs().next();
        State state = states.get(next);
        if (state == State.OPEN) {
          return new DependencyGraph(List.of(), closedWalk(path, next));
        }
        if (state == null && needs.containsKey(next)) {
          enter(next, needs, states, path);
        }
      }
    }
    return new DependencyGraph(List.copyOf(order), List.of());
  }

  private static void enter(
      String name, Map<String, Set<String>> needs, Map<String, State> states, Deque<Visit> path) {
    states.put(name, State.OPEN);
    path.addLast(new Visit(name, needs.getOrDefault(name, Set.of()).iterator()));
  }

  private static List<String> closedWalk(Deque<Visit> path, String again) {
    List<String> walk = new ArrayList<>();
    for (Visit visit : path) {
      if (!walk.isEmpty() || visit.name().equals(again)) {
        walk.add(visit.name());
      }
    }
    walk.add(again);
    return List.copyOf(walk);
  }
}
