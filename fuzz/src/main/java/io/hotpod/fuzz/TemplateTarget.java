package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.template.Examination;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.ResourceView;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.analysis.GraphDot;
import io.hotpod.template.analysis.GraphSvg;
import io.hotpod.template.analysis.GraphText;
import io.hotpod.template.analysis.ResourceGraph;
import io.hotpod.template.analysis.TemplateWarnings;
import io.hotpod.template.analysis.UndecidedValues;
import java.util.Map;
import java.util.Optional;

/** Reads any text as a template, and works out all that can be worked out of it. */
public final class TemplateTarget {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final PseudoParameters PSEUDO = new PseudoParameters("id", "name", "project");

  private TemplateTarget() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Refusals.only(true, () -> readAgain(READER.read("t", text)));
    Refusals.only(false, () -> workOut(text));
    Refusals.only(false, () -> examine(text));
  }

  /** A document written as JSON is the same document. */
  private static void readAgain(Node root) {
    String json = root.toJson().toString();
    if (json.length() < Limits.DEFAULT.bytes() / 4
        && !READER.read("again", json).toJson().equals(root.toJson())) {
      throw new IllegalStateException("another document when read again: " + json);
    }
  }

  /** What people who write it would be told; that says all that a strict reader refuses. */
  private static void examine(String text) {
    TemplateSource source = new TemplateSource("t", text, Map.of("file", "content"));
    Examination examination = Examination.of(source, template -> Map.of(), PSEUDO);
    if (examination.problems().isEmpty() && examination.instance().isEmpty()) {
      throw new IllegalStateException("nothing is wrong, and nothing came of it");
    }
    examination.instance().ifPresent(TemplateTarget::draw);
    if (examination.problems().isEmpty()) {
      analyse(examination.template().orElseThrow());
    }
  }

  private static void draw(TemplateInstance instance) {
    ResourceGraph graph = ResourceGraph.of(instance);
    if ((GraphText.of(graph) + GraphDot.of(graph) + GraphSvg.of(graph)).isEmpty()) {
      throw new IllegalStateException("a graph without a line");
    }
  }

  private static void analyse(Template template) {
    TemplateWarnings.of(template, type -> Optional.empty());
    UndecidedValues undecided = new UndecidedValues(template, template.parameters().keySet());
    template
        .resources()
        .values()
        .forEach(
            resource -> {
              undecided.properties(resource);
              undecided.places(resource);
            });
  }

  private static void workOut(String text) {
    Template template =
        Template.parse(
            new TemplateSource("t", text, Map.of("file", "content")), RepeatedKeys.LAST_COUNTS);
    TemplateInstance instance =
        template.instantiate(Parameters.forValidation(template, Map.of(), PSEUDO));
    for (String name : instance.order()) {
      Refusals.only(false, () -> instance.properties(name, ResourceView.NOTHING));
      Refusals.only(false, () -> instance.metadata(name, ResourceView.NOTHING));
    }
    for (String name : instance.outputs().keySet()) {
      Refusals.only(false, () -> instance.output(name, ResourceView.NOTHING));
    }
  }
}
