package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads {@code outputs}. */
final class OutputParser {
  private static final List<String> KEYS = List.of("value", "description", "condition");

  private final TemplateVersion version;
  private final Problems problems;
  private final ExpressionParser expressions;
  private final ConditionParser conditions;

  OutputParser(
      TemplateVersion version,
      Problems problems,
      ExpressionParser expressions,
      ConditionParser conditions) {
    this.version = version;
    this.problems = problems;
    this.expressions = expressions;
    this.conditions = conditions;
  }

  Map<String, OutputDefinition> parse(MappingNode section, Place place) {
    Map<String, OutputDefinition> definitions = new LinkedHashMap<>();
    for (MappingNode.Entry entry : section.entries()) {
      Place at = place.key(entry.key(), entry.keyLocation());
      if (entry.value() instanceof MappingNode mapping) {
        definitions.put(entry.key(), output(mapping, entry.key(), at));
      } else {
        problems.add(
            at.problem(
                "Output "
                    + entry.key()
                    + " must be defined by a map, not "
                    + entry.value().kind()));
      }
    }
    return definitions;
  }

  private OutputDefinition output(MappingNode mapping, String name, Place place) {
    Fields fields = new Fields(mapping, place, problems);
    fields.refuseOthers(KEYS, key -> "Invalid key '" + key + "' in output (" + name + ")");
    Optional<Node> value = mapping.get("value");
    if (value.isEmpty()) {
      problems.add(place.problem("Output " + name + " has no value"));
    }
    Optional<Node> condition = fields.get("condition");
    if (condition.isPresent() && !Language.Feature.CONDITION.isIn(version)) {
      problems.add(fields.at("condition").problem(Language.Feature.CONDITION.needs()));
    }
    return new OutputDefinition(
        name,
        value
            .map(node -> expressions.parse(node, fields.at("value")))
            .orElseGet(() -> new Expression.Literal(JsonNodeFactory.instance.nullNode(), place)),
        fields.text("description").orElse(OutputDefinition.NO_DESCRIPTION),
        condition.map(node -> conditions.parse(node, fields.at("condition"))),
        place);
  }
}
