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
  private static final List<String> NOT_YET = List.of("update_policy", "external_id");

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
    for (String key : NOT_YET) {
      if (fields.get(key).isPresent()) {
        problems.add(fields.at(key).problem(key + " is not supported yet"));
      }
    }
    if (fields.get("type").isEmpty()) {
      problems.add(fields.place().problem("Resource " + name + " has no type"));
    }
    return new ResourceDefinition(
        name,
        fields.text("type").orElse(""),
        properties(fields),
        fields.get("metadata").map(node -> expressions.parse(node, fields.at("metadata"))),
        fields.names("depends_on", true),
        condition(fields),
        deletionPolicy(fields),
        fields.text("description").orElse(""),
        fields.place());
  }

  private Expression.MapExpression properties(Fields fields) {
    Place at = fields.at("properties");
    Optional<Node> node = fields.get("properties");
    if (node.isEmpty()) {
      return new Expression.MapExpression(List.of(), at);
    }
    if (!(node.orElseThrow() instanceof MappingNode mapping)) {
      problems.add(at.problem("properties must be a map, not " + node.orElseThrow().kind()));
      return new Expression.MapExpression(List.of(), at);
    }
    if (mapping.entries().size() == 1) {
      MappingNode.Entry only = mapping.entries().getFirst();
      if (FunctionName.of(only.key(), version).isPresent()) {
        problems.add(
            at.key(only.key(), only.keyLocation())
                .problem(only.key() + " in place of all properties is not supported yet"));
        return new Expression.MapExpression(List.of(), at);
      }
    }
    return expressions.map(mapping, at);
  }

  private Optional<Condition> condition(Fields fields) {
    Optional<Node> node = fields.get("condition");
    if (node.isPresent() && !version.isAtLeast(TemplateVersion.V2016_10_14)) {
      problems.add(
          fields
              .at("condition")
              .problem("condition needs heat_template_version 2016-10-14 or newer"));
      return Optional.empty();
    }
    return node.map(condition -> conditions.parse(condition, fields.at("condition")));
  }

  private DeletionPolicy deletionPolicy(Fields fields) {
    if (fields.get("deletion_policy").filter(MappingNode.class::isInstance).isPresent()) {
      problems.add(
          fields
              .at("deletion_policy")
              .problem("a function in deletion_policy is not supported yet"));
      return DeletionPolicy.DELETE;
    }
    String policy = fields.text("deletion_policy").orElse("Delete");
    boolean lowerCase = version.isAtLeast(TemplateVersion.V2016_10_14);
    if (policy.equals("Delete") || (lowerCase && policy.equals("delete"))) {
      return DeletionPolicy.DELETE;
    }
    if (policy.equals("Retain") || (lowerCase && policy.equals("retain"))) {
      return DeletionPolicy.RETAIN;
    }
    String message =
        policy.equals("Snapshot") || (lowerCase && policy.equals("snapshot"))
            ? "deletion_policy " + policy + " is not supported yet"
            : "Invalid deletion policy \"" + policy + "\"";
    problems.add(fields.at("deletion_policy").problem(message));
    return DeletionPolicy.DELETE;
  }
}
