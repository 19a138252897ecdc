package io.hotpod.bench;

import io.hotpod.document.Problem;
import io.hotpod.engine.Engines;
import io.hotpod.engine.stack.DefinitionChecker;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.ResourceView;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is measured of templates. Thread-safe. */
final class TemplateWork {
  private static final PseudoParameters PSEUDO = new PseudoParameters("id", "name", "project");

  private final DefinitionChecker checker = new DefinitionChecker(Engines.offlineTypes());

  /** Parses a text. */
  static Template parse(String text) {
    return Template.parse(new TemplateSource("large.yaml", text, Map.of()));
  }

  static TemplateInstance instantiate(Template template) {
    return template.instantiate(Parameters.of(template, Map.of(), PSEUDO));
  }

  /** Parses, orders, and checks every property of every resource. */
  TemplateInstance validate(String text) {
    TemplateInstance instance = instantiate(parse(text));
    List<Problem> problems = checker.problems(instance);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("not valid: " + problems.getFirst());
    }
    return instance;
  }

  /** Works out the properties of every resource, as a create does in the end. */
  static int resolve(TemplateInstance instance) {
    int values = 0;
    for (String name : instance.order()) {
      values += instance.properties(name, new Known()).known().size();
    }
    return values;
  }

  /** Everything exists already. */
  private static final class Known implements ResourceView {
    @Override
    public Optional<JsonNode> referenceId(String resource) {
      return Optional.of(JsonNodeFactory.instance.stringNode(resource));
    }

    @Override
    public Optional<JsonNode> attribute(String resource, String attribute) {
      return Optional.of(JsonNodeFactory.instance.stringNode(attribute));
    }

    @Override
    public Optional<JsonNode> attributes(String resource) {
      return Optional.empty();
    }
  }
}
