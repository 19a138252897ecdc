package io.hotpod.template.analysis;

import java.util.List;

/** A graph for a terminal: layer by layer, each resource with its type and what it needs. */
public final class GraphText {
  private GraphText() {}

  /** Lines of text; empty for a graph without resources. */
  public static String of(ResourceGraph graph) {
    int nameWidth = width(graph.names());
    int typeWidth = width(graph.names().stream().map(graph::type).toList());
    int numberWidth = Integer.toString(graph.layers().size()).length();
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (List<String> layer : graph.layers()) {
      String label = Integer.toString(number++);
      for (String name : layer) {
        String line =
            " ".repeat(numberWidth - label.length())
                + label
                + "  "
                + padded(name, nameWidth)
                + "  "
                + padded(graph.type(name), typeWidth)
                + (graph.needs(name).isEmpty()
                    ? ""
                    : "  needs " + String.join(", ", graph.needs(name)));
        text.append(line.stripTrailing()).append('\n');
        label = "";
      }
    }
    return text.toString();
  }

  private static int width(Iterable<String> words) {
    int width = 0;
    for (String word : words) {
      width = Math.max(width, word.codePointCount(0, word.length()));
    }
    return width;
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(width - word.codePointCount(0, word.length()));
  }
}
