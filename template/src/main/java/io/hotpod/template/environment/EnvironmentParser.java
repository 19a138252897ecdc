package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one environment and notes all its problems in one pass. Use once. */
final class EnvironmentParser {
  private static final String PARAMETERS = "parameters";
  private static final String DEFAULTS = "parameter_defaults";
  private static final String STRATEGIES = "parameter_merge_strategies";
  private static final String REGISTRY = "resource_registry";
  private static final String EVENT_SINKS = "event_sinks";
  private static final String ENCRYPTED = "encrypted_param_names";
  private static final List<String> SECTIONS =
      List.of(PARAMETERS, DEFAULTS, STRATEGIES, REGISTRY, EVENT_SINKS, ENCRYPTED);

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt((Problem problem) -> problem.location().map(Location::line).orElse(0))
          .thenComparingInt(problem -> problem.location().map(Location::column).orElse(0));

  private final String name;
  private final List<Problem> warnings;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param warnings what was doubtful about the text
   */
  EnvironmentParser(String name, List<Problem> warnings) {
    this.name = name;
    this.warnings = warnings;
  }

  EnvironmentFile parse(Node root) {
    if (isNull(root)) {
      return parse(new MappingNode(List.of(), Optional.empty()));
    }
    if (!(root instanceof MappingNode sections)) {
      throw new DocumentException(
          Problem.at(
              root,
              "",
              "The environment is not a valid YAML mapping data type; it is " + root.kind()));
    }
    refuseUnknown(sections);
    EnvironmentFile file =
        new EnvironmentFile(
            name,
            values(sections, PARAMETERS),
            values(sections, DEFAULTS),
            strategies(sections),
            map(sections, REGISTRY),
            eventSinks(sections),
            encryptedNames(sections),
            warnings);
    new RegistryReader(problems).read(ResourceRegistry.EMPTY, file.registry());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems.stream().sorted(BY_PLACE).toList());
    }
    return file;
  }

  private void refuseUnknown(MappingNode sections) {
    for (MappingNode.Entry entry : sections.entries()) {
      if (!SECTIONS.contains(entry.key())) {
        problems.add(
            new Problem(
                entry.keyLocation(),
                entry.key(),
                "environment has wrong section \"" + entry.key() + "\"",
                Suggestions.advice(entry.key(), SECTIONS)
                    .or(
                        () ->
                            Optional.of(
                                "values for parameters stand under \"" + PARAMETERS + "\""))));
      }
    }
  }

  /** A section's entries; none where it is absent or null. */
  private MappingNode map(MappingNode sections, String section) {
    Optional<Node> node = present(sections, section);
    if (node.isPresent() && !(node.orElseThrow() instanceof MappingNode)) {
      problem(
          node.orElseThrow(),
          section,
          "this section must be a map, not " + node.orElseThrow().kind());
    }
    return node.filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .orElseGet(() -> new MappingNode(List.of(), Optional.empty()));
  }

  private List<Node> list(MappingNode sections, String section) {
    Optional<Node> node = present(sections, section);
    if (node.isPresent() && !(node.orElseThrow() instanceof SequenceNode)) {
      problem(
          node.orElseThrow(),
          section,
          "this section must be a list, not " + node.orElseThrow().kind());
    }
    return node.filter(SequenceNode.class::isInstance)
        .map(found -> ((SequenceNode) found).items())
        .orElse(List.of());
  }

  private static Optional<Node> present(MappingNode sections, String section) {
    return sections.get(section).filter(node -> !isNull(node));
  }

  private Map<String, Node> values(MappingNode sections, String section) {
    Map<String, Node> values = new LinkedHashMap<>();
    map(sections, section).entries().forEach(entry -> values.put(entry.key(), entry.value()));
    return Collections.unmodifiableMap(values);
  }

  private Map<String, MergeStrategy> strategies(MappingNode sections) {
    Map<String, MergeStrategy> strategies = new LinkedHashMap<>();
    for (MappingNode.Entry entry : map(sections, STRATEGIES).entries()) {
      String word = entry.value() instanceof ScalarNode scalar ? scalar.text() : "";
      Optional<MergeStrategy> strategy = MergeStrategy.of(word);
      strategy.ifPresent(known -> strategies.put(entry.key(), known));
      if (strategy.isEmpty()) {
        problems.add(
            new Problem(
                entry.value().location(),
                STRATEGIES + "." + entry.key(),
                "a merge strategy is one of " + String.join(", ", MergeStrategy.keywords()),
                Suggestions.advice(word, MergeStrategy.keywords())));
      }
    }
    return Collections.unmodifiableMap(strategies);
  }

  private List<EventSink> eventSinks(MappingNode sections) {
    List<EventSink> sinks = new ArrayList<>();
    for (Node item : list(sections, EVENT_SINKS)) {
      if (item instanceof MappingNode map
          && map.get("type").orElse(map) instanceof ScalarNode type) {
        sinks.add(new EventSink(type.text(), map.toJson(), item.location()));
      } else {
        problem(item, EVENT_SINKS, "an event sink is a map with a \"type\"");
      }
    }
    return sinks;
  }

  private Set<String> encryptedNames(MappingNode sections) {
    Set<String> names = new LinkedHashSet<>();
    for (Node item : list(sections, ENCRYPTED)) {
      if (item instanceof ScalarNode scalar) {
        names.add(scalar.text());
      } else {
        problem(item, ENCRYPTED, "this must be the name of a parameter, not " + item.kind());
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private void problem(Node node, String path, String message) {
    problems.add(Problem.at(node, path, message));
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.value().isNull();
  }
}
