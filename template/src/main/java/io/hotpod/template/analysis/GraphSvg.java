package io.hotpod.template.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graph as a picture: what is created first stands on top, arrows go from what is needed to what
 * needs it. Arrows that follow from others are left out. Needs no script and no other file.
 */
public final class GraphSvg {
  private static final double MARGIN = 24;
  private static final double BOX_HEIGHT = 44;
  private static final double ROW_GAP = 56;
  private static final double COLUMN_GAP = 28;
  private static final double BEND_WIDTH = 12;
  private static final double LETTER = 7.6;
  private static final double SMALL_LETTER = 6.1;
  private static final double LEAST_WIDTH = 90;

  private final ResourceGraph graph;
  private final GraphLayout layout;
  private final Map<GraphLayout.Item, Double> centers = new HashMap<>();
  private final Map<GraphLayout.Item, Integer> rowOf = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private GraphSvg(ResourceGraph graph) {
    this.graph = graph;
    this.layout = new GraphLayout(graph);
  }

  /** A whole picture; what it costs grows with the lengths of the arrows. */
  public static String of(ResourceGraph graph) {
    return new GraphSvg(graph).draw();
  }

  private String draw() {
    double widest =
        layout.rows().stream().mapToDouble(this::rowWidth).max().orElse(LEAST_WIDTH) + 2 * MARGIN;
    double height =
        2 * MARGIN
            + layout.rows().size() * BOX_HEIGHT
            + Math.max(0, layout.rows().size() - 1) * ROW_GAP;
    layout.rows().forEach(row -> place(row, widest));
    for (int row = 0; row < layout.rows().size(); row++) {
      int number = row;
      layout.rows().get(row).forEach(item -> rowOf.put(item, number));
    }
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
            + " viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">%n",
        widest, height, widest, height);
    append("<title>What the resources need</title>%n");
    append(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
            + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\""
            + " fill=\"#5b6b7b\"/></marker></defs>%n");
    append("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
    append("<g fill=\"none\" stroke=\"#5b6b7b\" stroke-width=\"1.4\">%n");
    layout.arrows().forEach(this::arrow);
    append("</g>%n");
    for (int row = 0; row < layout.rows().size(); row++) {
      double top = top(row);
      for (GraphLayout.Item item : layout.rows().get(row)) {
        if (item.isResource()) {
          box(item, top);
        }
      }
    }
    return out.append("</svg>\n").toString();
  }

  private double rowWidth(List<GraphLayout.Item> row) {
    return row.stream().mapToDouble(this::width).sum() + COLUMN_GAP * Math.max(0, row.size() - 1);
  }

  private double width(GraphLayout.Item item) {
    return item.isResource()
        ? Math.max(
            LEAST_WIDTH,
            20 + Math.max(item.id().length() * LETTER, type(item).length() * SMALL_LETTER))
        : BEND_WIDTH;
  }

  private String type(GraphLayout.Item item) {
    return graph.type(item.id());
  }

  /** As near below what it is tied to as its neighbours allow, and inside the picture. */
  private void place(List<GraphLayout.Item> row, double widest) {
    double room = widest - 2 * MARGIN - rowWidth(row);
    double left = MARGIN;
    double spent = 0;
    for (GraphLayout.Item item : row) {
      double width = width(item);
      double wanted =
          layout.above(item).stream()
              .mapToDouble(it -> centers.getOrDefault(it, widest / 2))
              .average()
              .orElse(left + room / (row.size() + 1.0) + width / 2);
      double shift = Math.clamp(wanted - width / 2 - left, 0, Math.max(0, room - spent));
      spent += shift;
      left += shift;
      centers.put(item, left + width / 2);
      left += width + COLUMN_GAP;
    }
  }

  private static double top(int row) {
    return MARGIN + row * (BOX_HEIGHT + ROW_GAP);
  }

  private void arrow(List<GraphLayout.Item> path) {
    int row = rowOf.getOrDefault(path.getFirst(), 0);
    double x = center(path.getFirst());
    double y = top(row) + BOX_HEIGHT;
    StringBuilder line = new StringBuilder(point("M", x, y));
    for (GraphLayout.Item next : path.subList(1, path.size())) {
      row++;
      double toX = center(next);
      double toY = top(row);
      double middle = (y + toY) / 2;
      line.append(point(" C", x, middle)).append(point(",", toX, middle));
      line.append(point(",", toX, next.isResource() ? toY - 1 : toY));
      x = toX;
      y = toY;
      if (!next.isResource()) {
        y = toY + BOX_HEIGHT;
        line.append(point(" L", x, y));
      }
    }
    append("<path d=\"%s\" marker-end=\"url(#tip)\"/>%n", line);
  }

  private double center(GraphLayout.Item item) {
    return centers.getOrDefault(item, 0.0);
  }

  private static String point(String command, double x, double y) {
    return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
  }

  private void box(GraphLayout.Item item, double top) {
    double width = width(item);
    double center = center(item);
    append(
        "<g><title>%s</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"7\""
            + " fill=\"%s\" stroke=\"#33475b\"/>%n",
        escaped(item.id() + ": " + type(item)),
        center - width / 2,
        top,
        width,
        BOX_HEIGHT,
        color(type(item)));
    append(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"13\""
            + " font-weight=\"600\" fill=\"#14202b\">%s</text>%n",
        center, top + 19, escaped(item.id()));
    append(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"10.5\""
            + " fill=\"#44525f\">%s</text></g>%n",
        center, top + 34, escaped(type(item)));
  }

  /** Pods, their configurations and the rest, told apart at a glance. */
  private static String color(String type) {
    if (type.startsWith("OS::Kubernetes::")) {
      return type.endsWith("Config") ? "#eef3fb" : "#dceafc";
    }
    return "#f4f4ef";
  }

  private void append(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return safe.toString();
  }
}
