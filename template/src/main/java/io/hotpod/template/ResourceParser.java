package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code resources}. */
final class ResourceParser {
  private static final List<String> KEYS =
      List.of(
          "type",
          "properties",
          "metadata",
          "depends_on",
          "deletion_policy",
          "description",
          "condition",
          "update_policy",
          "external_id");

  private final TemplateVersion version;
  private final Problems problems;
  private final ExpressionParser expressions;
  private final ConditionParser conditions;

  ResourceParser(
      TemplateVersion version,
      Problems problems,
      ExpressionParser expressions,
      ConditionParser conditions) {
    this.version = version;
    this.problems = problems;
    this.expressions = expressions;
    this.conditions = conditions;
  }

  Map<String, ResourceDefinition> parse(
      MappingNode section, Place place, Map<String, ParameterDefinition> parameters) {
    Map<String, ResourceDefinition> definitions = new LinkedHashMap<>();
    for (MappingNode.Entry entry : section.entries()) {
      Place at = place.key(entry.key(), entry.keyLocation());
      if (entry.key().isEmpty() || entry.key().contains("/")) {
        problems.add(at.problem("a resource name must not be empty or contain \"/\""));
      }
      if (parameters.containsKey(entry.key())) {
        problems.add(
            at.problem(
                "Duplicate names {'"
                    + entry.key()
                    + "'}: a parameter and a resource must not share a name"));
      }
      if (entry.value() instanceof MappingNode mapping) {
        definitions.put(entry.key(), resource(entry.key(), new Fields(mapping, at, problems)));
      } else {
        problems.add(
            at.problem(
                "Resource "
                    + entry.key()
                    + " must be defined by a map, not "
                    + entry.value().kind()));
      }
    }
    return definitions;
  }

  private ResourceDefinition resource(String name, Fields fields) {
    fields.refuseOthers(KEYS, key -> "Invalid keyword(s) inside a resource definition: " + key);
    if (fields.get("type").isEmpty()) {
      problems.add(fields.place().problem("Resource " + name + " has no type"));
    }
    List<ResourceReference> dependsOn = fields.names("depends_on", true);
    Optional<Expression> externalId = since(Language.Feature.EXTERNAL_ID, "external_id", fields);
    if (externalId.isPresent() && !dependsOn.isEmpty()) {
      problems.add(
          fields
              .at("external_id")
              .problem("Resource " + name + " cannot have external_id and depends_on"));
    }
    return new ResourceDefinition(
        name,
        fields.text("type").orElse(""),
        properties(fields),
        expression(fields, "metadata"),
        dependsOn,
        condition(fields),
        deletionPolicy(fields),
        expression(fields, "update_policy"),
        externalId,
        fields.text("description").orElse(""),
        fields.place());
  }

  private Optional<Expression> expression(Fields fields, String key) {
    return fields.get(key).map(node -> expressions.parse(node, fields.at(key)));
  }

  private Optional<Expression> since(Language.Feature feature, String key, Fields fields) {
    if (fields.get(key).isPresent() && !feature.isIn(version)) {
      problems.add(fields.at(key).problem(feature.needs()));
      return Optional.empty();
    }
    return expression(fields, key);
  }

  private Expression properties(Fields fields) {
    Place at = fields.at("properties");
    Optional<Node> node = fields.get("properties");
    if (node.isEmpty()) {
      return new Expression.MapExpression(List.of(), at);
    }
    Expression properties = expressions.parse(node.orElseThrow(), at);
    return switch (properties) {
      case Expression.MapExpression _, FunctionCall _ -> properties;
      case Expression.Literal _, Expression.ListExpression _ -> {
        // A call that is wrong was noted already, and a null stands for it.
        if (!(node.orElseThrow() instanceof MappingNode)) {
          problems.add(at.problem("properties must be a map, not " + node.orElseThrow().kind()));
        }
        yield new Expression.MapExpression(List.of(), at);
      }
    };
  }

  private Optional<Condition> condition(Fields fields) {
    Optional<Node> node = fields.get("condition");
    if (node.isPresent() && !Language.Feature.CONDITION.isIn(version)) {
      problems.add(fields.at("condition").problem(Language.Feature.CONDITION.needs()));
      return Optional.empty();
    }
    return node.map(condition -> conditions.parse(condition, fields.at("condition")));
  }

  private Optional<Expression> deletionPolicy(Fields fields) {
    Optional<Expression> policy = expression(fields, "deletion_policy");
    policy.ifPresent(this::checkDeletionPolicy);
    return policy;
  }

  private void checkDeletionPolicy(Expression written) {
    switch (written) {
      case FunctionCall _ -> {}
      case Expression.Literal literal ->
          DeletionPolicies.read(literal.value(), version, written.place(), problems);
      case Expression.ListExpression _ -> refusePolicy(written, "a list");
      case Expression.MapExpression _ -> refusePolicy(written, "a map");
    }
  }

  private void refusePolicy(Expression written, String kind) {
    problems.add(written.place().problem("deletion_policy must be a string, not " + kind));
  }
}
