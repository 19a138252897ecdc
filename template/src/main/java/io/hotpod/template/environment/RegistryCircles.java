package io.hotpod.template.environment;

import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds exact mappings that lead to each other in a circle, in linear time. Use once. */
final class RegistryCircles {
  /** A longer circle is cut when it is shown: its beginning is enough to break it. */
  private static final int MOST_SHOWN = 8;

  private final RegistryEntry.Group root;
  private final List<Problem> problems = new ArrayList<>();

  RegistryCircles(RegistryEntry.Group root) {
    this.root = root;
  }

  List<Problem> problems() {
    return problems;
  }

  /**
   * Looks at the mappings for all resources, with those for one going before them.
   *
   * @param own those for one resource; empty to look at the others alone
   */
  void look(RegistryEntry.Group own) {
    RegistryEntry.Group starts = own.entries().isEmpty() ? root : own;
    Set<String> seen = new HashSet<>();
    for (String start : starts.entries().keySet()) {
      Set<String> way = new LinkedHashSet<>();
      Optional<RegistryEntry.Target> target = target(own, start);
      String type = start;
      while (target.isPresent() && seen.add(type)) {
        way.add(type);
        type = target.orElseThrow().value();
        if (way.contains(type)) {
          problems.add(circle(type, way, target.orElseThrow()));
          break;
        }
        target = target(own, type);
      }
    }
  }

  private Optional<RegistryEntry.Target> target(RegistryEntry.Group own, String type) {
    if (type.endsWith("*") || MappedType.isTemplate(type)) {
      return Optional.empty();
    }
    return own.target(type).or(() -> root.target(type));
  }

  private static Problem circle(String type, Set<String> way, RegistryEntry.Target last) {
    List<String> shown = new ArrayList<>(way);
    shown = shown.subList(shown.indexOf(type), shown.size());
    String words = String.join(" -> ", shown.subList(0, Math.min(MOST_SHOWN, shown.size())));
    return new Problem(
        last.location(),
        "resource_registry." + type,
        "these mappings lead back to themselves: "
            + words
            + (shown.size() > MOST_SHOWN ? " -> ... -> " : " -> ")
            + type,
        Optional.of("map the type to one that the server has, or to a template"));
  }
}
