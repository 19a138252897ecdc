package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.ResourceView;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import java.util.Map;

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
  }

  /** A document written as JSON is the same document. */
  private static void readAgain(Node root) {
    String json = root.toJson().toString();
    if (json.length() < Limits.DEFAULT.bytes() / 4
        && !READER.read("again", json).toJson().equals(root.toJson())) {
      throw new IllegalStateException("another document when read again: " + json);
    }
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
