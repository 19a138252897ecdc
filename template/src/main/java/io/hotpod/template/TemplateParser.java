package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ReadDocument;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.document.Suggestions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a whole template and notes all its problems in one pass. */
final class TemplateParser {
  private static final String VERSION = "heat_template_version";
  private static final List<String> CFN_VERSIONS =
      List.of("HeatTemplateFormatVersion", "AWSTemplateFormatVersion");
  private static final List<String> SECTIONS =
      List.of(
          VERSION,
          "description",
          "parameter_groups",
          "parameters",
          "conditions",
          "resources",
          "outputs");

  private final Problems problems = new Problems();
  private final WorkBudget work = new WorkBudget();

  Template parse(TemplateSource source, RepeatedKeys repeatedKeys) {
    Template template = read(source, repeatedKeys);
    problems.throwIfAny();
    return template;
  }

  /**
   * The same, but with {@link #problems} left to look at: what they are about is missing or only
   * partly right.
   *
   * @throws DocumentException when nothing can be made of the text
   */
  Template read(TemplateSource source, RepeatedKeys repeatedKeys) {
    ReadDocument document =
        new DocumentReader(Limits.DEFAULT, repeatedKeys)
            .readWithWarnings(source.name(), source.text());
    Node root = document.root();
    Place place = Place.root(root.location());
    if (!(root instanceof MappingNode mapping)) {
      throw new DocumentException(
          place.problem("The template is not a JSON object or YAML mapping, but " + root.kind()));
    }
    Fields fields = new Fields(mapping, place, problems);
    TemplateVersion version = version(fields);
    refuseUnknownSections(mapping, place, version);

    ParameterParser parameterParser = new ParameterParser(version, problems, work);
    Map<String, ParameterDefinition> parameters =
        parameterParser.parameters(section(fields, "parameters"), fields.at("parameters"));
    List<ParameterGroup> groups =
        fields
            .get("parameter_groups")
            .map(
                node ->
                    parameterParser.groups(
                        node, fields.at("parameter_groups"), parameters.keySet()))
            .orElse(List.of());

    MappingNode conditionSection = section(fields, "conditions");
    Set<String> conditionNames =
        conditionSection.entries().stream()
            .map(MappingNode.Entry::key)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    ParameterNames parameterNames = new ParameterNames(parameters.keySet());
    ConditionParser conditionParser =
        new ConditionParser(version, problems, parameterNames, work, conditionNames);
    Map<String, Condition> conditions =
        conditions(conditionSection, fields.at("conditions"), conditionParser);

    ExpressionParser expressions =
        new ExpressionParser(
            version,
            problems,
            parameterNames,
            conditionParser,
            work,
            ExpressionParser.Context.VALUE);
    Map<String, ResourceDefinition> resources =
        new ResourceParser(version, problems, expressions, conditionParser)
            .parse(section(fields, "resources"), fields.at("resources"), parameters);
    Map<String, OutputDefinition> outputs =
        new OutputParser(version, problems, expressions, conditionParser)
            .parse(section(fields, "outputs"), fields.at("outputs"));
    String description = fields.text("description").orElse("");
    return new Template(
        source,
        version,
        description,
        parameters,
        groups,
        conditions,
        resources,
        outputs,
        document.warnings());
  }

  /** What is wrong with the text that was read. */
  List<Problem> problems() {
    return problems.all();
  }

  private TemplateVersion version(Fields fields) {
    for (String key : CFN_VERSIONS) {
      if (fields.get(key).isPresent()) {
        problems.add(fields.at(key).problem(key + " templates are not supported yet"));
        return TemplateVersion.NEWEST;
      }
    }
    Optional<Node> node = fields.get(VERSION);
    if (node.isEmpty()) {
      problems.add(
          fields
              .place()
              .problem(
                  "Template format version not found.",
                  Optional.of("begin with heat_template_version: 2021-04-16")));
      return TemplateVersion.NEWEST;
    }
    String text = fields.text(VERSION).orElse("");
    Optional<TemplateVersion> version = TemplateVersion.of(text);
    if (version.isEmpty()) {
      problems.add(
          fields
              .at(VERSION)
              .problem(
                  "The template version is invalid: \"heat_template_version: "
                      + text
                      + "\". \"heat_template_version\" should be one of: "
                      + TemplateVersion.choices()));
    }
    return version.orElse(TemplateVersion.NEWEST);
  }

  private void refuseUnknownSections(MappingNode root, Place place, TemplateVersion version) {
    for (MappingNode.Entry entry : root.entries()) {
      boolean tooEarly =
          entry.key().equals("conditions") && !Language.Feature.CONDITIONS.isIn(version);
      if ((!SECTIONS.contains(entry.key()) && !CFN_VERSIONS.contains(entry.key())) || tooEarly) {
        problems.add(
            place
                .key(entry.key(), entry.keyLocation())
                .problem(
                    "The template section is invalid: " + entry.key(),
                    tooEarly
                        ? Optional.of(Language.Feature.CONDITIONS.needs())
                        : Suggestions.advice(entry.key(), SECTIONS)));
      }
    }
  }

  private MappingNode section(Fields fields, String name) {
    Optional<Node> node = fields.get(name);
    if (node.isPresent() && !(node.orElseThrow() instanceof MappingNode)) {
      problems.add(
          fields
              .at(name)
              .problem("The " + name + " section must be a map, not " + node.orElseThrow().kind()));
    }
    return node.filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .orElseGet(() -> new MappingNode(List.of(), Optional.empty()));
  }

  private Map<String, Condition> conditions(
      MappingNode section, Place place, ConditionParser parser) {
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (MappingNode.Entry entry : section.entries()) {
      conditions.put(
          entry.key(), parser.parse(entry.value(), place.key(entry.key(), entry.keyLocation())));
    }
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    conditions.forEach((name, condition) -> uses.put(name, ConditionNames.in(condition)));
    DependencyGraph graph = DependencyGraph.of(uses);
    if (!graph.cycle().isEmpty()) {
      String first = graph.cycle().getFirst();
      problems.add(
          place
              .key(first, section.entry(first).flatMap(MappingNode.Entry::keyLocation))
              .problem(
                  "Circular definition for condition \""
                      + first
                      + "\": "
                      + String.join(" -> ", graph.cycle())));
      return conditions;
    }
    // The order in which they can be decided one after the other.
    Map<String, Condition> ordered = new LinkedHashMap<>();
    for (String name : graph.order()) {
      Condition condition = conditions.get(name);
      if (condition != null) {
        ordered.put(name, condition);
      }
    }
    return ordered;
  }
}
