package io.hotpod.template.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places a graph on a plane: each layer is a row, long arrows pass each row between through a bend,
 * and neighbours are ordered so that few arrows cross (the mean position of what they are tied to,
 * down and up a few times). Deterministic.
 */
final class GraphLayout {
  private static final int SWEEPS = 8;

  /** One thing in a row: a resource, or the bend of an arrow that passes. */
  record Item(String id, boolean isResource) {}

  private final List<List<Item>> rows = new ArrayList<>();
  private final List<List<Item>> arrows = new ArrayList<>();
  private final Map<Item, List<Item>> above = new HashMap<>();
  private final Map<Item, List<Item>> below = new HashMap<>();
  private final Map<Item, Double> positions = new HashMap<>();

  GraphLayout(ResourceGraph graph) {
    Map<String, Integer> rowOf = new LinkedHashMap<>();
    for (List<String> layer : graph.layers()) {
      List<Item> row = new ArrayList<>();
      for (String name : layer) {
        rowOf.put(name, rows.size());
        row.add(new Item(name, true));
      }
      rows.add(row);
    }
    for (String name : rowOf.keySet()) {
      for (String needed : direct(graph, name)) {
        addArrow(needed, name, rowOf.getOrDefault(needed, 0), rowOf.getOrDefault(name, 0));
      }
    }
    rows.forEach(this::notePositions);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < rows.size(); i++) {
        order(rows.get(down ? i : rows.size() - 1 - i), down ? above : below);
      }
    }
  }

  /** What a resource needs, without what it needs already through something else. */
  private static Set<String> direct(ResourceGraph graph, String name) {
    Set<String> needs = new HashSet<>(graph.needs(name));
    Set<String> through = new HashSet<>();
    for (String needed : needs) {
      for (String further : graph.needs(needed)) {
        if (needs.contains(further)) {
          through.add(further);
        }
      }
    }
    List<String> direct =
        graph.needs(name).stream().filter(needed -> !through.contains(needed)).toList();
    return new LinkedHashSet<>(direct);
  }

  private void addArrow(String from, String to, int firstRow, int lastRow) {
    List<Item> path = new ArrayList<>(List.of(new Item(from, true)));
    for (int row = firstRow + 1; row < lastRow; row++) {
      Item bend = new Item(from + "\n" + to + "\n" + row, false);
      rows.get(row).add(bend);
      path.add(bend);
    }
    path.add(new Item(to, true));
    for (int i = 0; i + 1 < path.size(); i++) {
      above.computeIfAbsent(path.get(i + 1), item -> new ArrayList<>()).add(path.get(i));
      below.computeIfAbsent(path.get(i), item -> new ArrayList<>()).add(path.get(i + 1));
    }
    arrows.add(path);
  }

  private void order(List<Item> row, Map<Item, List<Item>> tied) {
    Map<Item, Double> wanted = new HashMap<>();
    for (Item item : row) {
      double fallback = positions.getOrDefault(item, 0.5);
      wanted.put(
          item,
          tied.getOrDefault(item, List.of()).stream()
              .mapToDouble(it -> positions.getOrDefault(it, 0.5))
              .average()
              .orElse(fallback));
    }
    row.sort(Comparator.comparingDouble(item -> wanted.getOrDefault(item, 0.5)));
    notePositions(row);
  }

  private void notePositions(List<Item> row) {
    for (int i = 0; i < row.size(); i++) {
      positions.put(row.get(i), (i + 0.5) / row.size());
    }
  }

  /** From top to bottom, each from left to right. */
  List<List<Item>> rows() {
    return rows;
  }

  /** Each arrow from what is needed to what needs it, by way of its bends. */
  List<List<Item>> arrows() {
    return arrows;
  }

  /** What an item is tied to in the row above. */
  List<Item> above(Item item) {
    return above.getOrDefault(item, List.of());
  }
}
