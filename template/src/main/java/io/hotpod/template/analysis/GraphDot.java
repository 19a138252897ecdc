package io.hotpod.template.analysis;

import java.util.List;

/** A graph in the DOT language of Graphviz; arrows go from what is needed to what needs it. */
public final class GraphDot {
  private GraphDot() {}

  /** A whole {@code digraph}; names and types are quoted. */
  public static String of(ResourceGraph graph) {
    StringBuilder text = new StringBuilder("digraph template {\n");
    text.append("  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    for (List<String> layer : graph.layers()) {
      for (String name : layer) {
        text.append("  ")
            .append(quoted(name))
            .append(" [label=")
            .append(quoted(name + "\n" + graph.type(name)))
            .append("];\n");
      }
    }
    for (List<String> layer : graph.layers()) {
      for (String name : layer) {
        for (String needed : graph.needs(name)) {
          text.append("  ")
              .append(quoted(needed))
              .append(" -> ")
              .append(quoted(name))
              .append(";\n");
        }
      }
    }
    return text.append("}\n").toString();
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + escaped + "\"";
  }
}
