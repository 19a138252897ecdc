package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code parameters} and {@code parameter_groups}. */
final class ParameterParser {
  private static final List<String> KEYS =
      List.of(
          "type", "label", "description", "default", "hidden", "constraints", "immutable", "tags");
  private static final List<String> GROUP_KEYS = List.of("label", "description", "parameters");

  private final TemplateVersion version;
  private final Problems problems;
  private final WorkBudget work;
  private final ConstraintParser constraints;

  ParameterParser(TemplateVersion version, Problems problems, WorkBudget work) {
    this.version = version;
    this.problems = problems;
    this.work = work;
    this.constraints = new ConstraintParser(version, problems, work);
  }

  Map<String, ParameterDefinition> parameters(MappingNode section, Place place) {
    Map<String, ParameterDefinition> definitions = new LinkedHashMap<>();
    for (MappingNode.Entry entry : section.entries()) {
      Place at = place.key(entry.key(), entry.keyLocation());
      if (entry.value() instanceof MappingNode mapping) {
        parameter(entry.key(), new Fields(mapping, at, problems))
            .ifPresent(definition -> definitions.put(entry.key(), definition));
      } else {
        problems.add(at.problem("Invalid parameter (" + entry.key() + "), expected a mapping"));
      }
    }
    return definitions;
  }

  private Optional<ParameterDefinition> parameter(String name, Fields fields) {
    fields.refuseOthers(KEYS, key -> "Invalid key '" + key + "' for parameter (" + name + ")");
    if (fields.get("tags").isPresent() && !Language.Feature.PARAMETER_TAGS.isIn(version)) {
      problems.add(
          fields
              .at("tags")
              .problem(
                  "Invalid key 'tags' for parameter (" + name + ")",
                  Optional.of(Language.Feature.PARAMETER_TAGS.needs())));
    }
    Optional<String> keyword = fields.text("type");
    Optional<ParameterType> type = keyword.flatMap(ParameterType::of);
    if (keyword.isEmpty()) {
      problems.add(fields.place().problem("Missing parameter type for parameter: " + name));
    } else if (type.isEmpty()) {
      problems.add(
          fields
              .at("type")
              .problem(
                  "Invalid type (" + keyword.orElseThrow() + ")",
                  Suggestions.advice(
                      keyword.orElseThrow(),
                      Arrays.stream(ParameterType.values()).map(ParameterType::keyword).toList())));
    }
    if (type.isEmpty()) {
      return Optional.empty();
    }
    ParameterDefinition definition =
        new ParameterDefinition(
            name,
            type.orElseThrow(),
            fields.text("label").orElse(name),
            fields.text("description").orElse(""),
            fields.get("default").map(Node::toJson),
            fields.flag("hidden"),
            fields.flag("immutable"),
            fields
                .get("constraints")
                .map(
                    node ->
                        constraints.parse(node, fields.at("constraints"), name, type.orElseThrow()))
                .orElse(List.of()),
            fields.names("tags", false).stream().map(ResourceReference::resource).toList(),
            fields.place());
    definition.defaultValue().ifPresent(value -> checkDefault(definition, value, fields));
    return Optional.of(definition);
  }

  private void checkDefault(ParameterDefinition definition, JsonNode value, Fields fields) {
    try {
      Parameters.checked(definition, value, work);
    } catch (ParameterValueException invalid) {
      problems.add(
          fields
              .at("default")
              .problem(
                  "Parameter '"
                      + definition.name()
                      + "' is invalid: Invalid default ("
                      + invalid.reason()
                      + ")"));
    }
  }

  List<ParameterGroup> groups(Node section, Place place, Set<String> parameters) {
    if (!(section instanceof SequenceNode sequence)) {
      problems.add(place.problem("The parameter_groups should be a list, not " + section.kind()));
      return List.of();
    }
    List<ParameterGroup> groups = new ArrayList<>();
    Set<String> grouped = new HashSet<>();
    int index = 0;
    for (Node item : sequence.items()) {
      Place at = place.item(index++, item.location());
      if (item instanceof MappingNode mapping) {
        groups.add(group(new Fields(mapping, at, problems), parameters, grouped));
      } else {
        problems.add(at.problem("a parameter group must be a map, not " + item.kind()));
      }
    }
    return groups;
  }

  private ParameterGroup group(Fields fields, Set<String> parameters, Set<String> grouped) {
    fields.refuseOthers(GROUP_KEYS, key -> "Invalid key '" + key + "' in a parameter group");
    List<String> names = new ArrayList<>();
    for (ResourceReference member : fields.names("parameters", false)) {
      if (!parameters.contains(member.resource())) {
        problems.add(
            member
                .place()
                .problem(
                    "The grouped parameter "
                        + member.resource()
                        + " does not reference a valid parameter.",
                    Suggestions.advice(member.resource(), parameters)));
      } else if (!grouped.add(member.resource())) {
        problems.add(
            member
                .place()
                .problem(
                    "The "
                        + member.resource()
                        + " parameter must be assigned to one parameter group only."));
      }
      names.add(member.resource());
    }
    return new ParameterGroup(
        fields.text("label").orElse(""), fields.text("description").orElse(""), names);
  }
}
