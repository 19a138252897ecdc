package io.hotpod.cli.template;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.template.analysis.GraphDot;
import io.hotpod.template.analysis.GraphSvg;
import io.hotpod.template.analysis.GraphText;
import io.hotpod.template.analysis.ResourceGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "graph",
    description = {
      "Print what the resources of a template need, in the order in which they are made.",
      "What stands under one number is made side by side."
    })
final class DrawGraph implements Runnable {
  /** What can be printed. */
  enum Format {
    TEXT,
    DOT,
    SVG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A larger picture cannot be read, and long arrows would make it larger than that. */
  private static final int MOST_DRAWN = 1000;

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The template, HOT in YAML or JSON.")
  private String file = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, dot (for Graphviz) or svg; default: text.")
  private Format format = Format.TEXT;

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "FILE",
      description = "A file with values for parameters; may be repeated, later ones win.")
  private List<String> environments = new ArrayList<>();

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "KEY=VALUE",
      description = "A value for a parameter; may be repeated. Conditions depend on them.")
  private Map<String, String> values = new LinkedHashMap<>();

  DrawGraph(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ResourceGraph graph =
        ResourceGraph.of(LocalTemplate.read(session, file, environments, values).sound());
    String text =
        switch (format) {
          case TEXT -> GraphText.of(graph);
          case DOT -> GraphDot.of(graph);
          case SVG -> picture(graph);
        };
    session.terminal().out().print(text);
    session.terminal().out().flush();
  }

  private static String picture(ResourceGraph graph) {
    if (graph.names().size() > MOST_DRAWN) {
      throw CommandFailure.of(
          "a picture of more than " + MOST_DRAWN + " resources cannot be read.",
          "Ask for --format text, or for --format dot and let Graphviz draw it.");
    }
    return GraphSvg.of(graph);
  }
}
