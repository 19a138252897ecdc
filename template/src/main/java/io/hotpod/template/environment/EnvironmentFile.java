package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
import io.hotpod.document.Problem;
import io.hotpod.document.ReadDocument;
import io.hotpod.document.RepeatedKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One environment as somebody wrote it: its sections are known and of the right form. Several are
 * merged by {@link EnvironmentLayers}. Immutable.
 */
public final class EnvironmentFile {
  private final String name;
  private final Map<String, Node> parameters;
  private final Map<String, Node> parameterDefaults;
  private final Map<String, MergeStrategy> strategies;
  private final MappingNode registry;
  private final List<EventSink> eventSinks;
  private final Set<String> encryptedParameterNames;
  private final List<Problem> warnings;

  EnvironmentFile(
      String name,
      Map<String, Node> parameters,
      Map<String, Node> parameterDefaults,
      Map<String, MergeStrategy> strategies,
      MappingNode registry,
      List<EventSink> eventSinks,
      Set<String> encryptedParameterNames,
      List<Problem> warnings) {
    this.name = name;
    this.parameters = parameters;
    this.parameterDefaults = parameterDefaults;
    this.strategies = strategies;
    this.registry = registry;
    this.eventSinks = List.copyOf(eventSinks);
    this.encryptedParameterNames = encryptedParameterNames;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads an environment from a text in YAML or JSON; an empty one says nothing. A key that a map
   * repeats is a problem.
   *
   * @param name what places call the text: a path, a URL, or {@code environment}
   * @throws DocumentException with all problems of the text, in its order
   */
  public static EnvironmentFile parse(String name, String text) {
    return parse(name, text, RepeatedKeys.REFUSE);
  }

  /**
   * Reads an environment from a text in YAML or JSON; an empty one says nothing.
   *
   * @param name what places call the text: a path, a URL, or {@code environment}
   * @param repeatedKeys an environment that Heat would take may repeat keys
   * @throws DocumentException with all problems of the text, in its order
   */
  public static EnvironmentFile parse(String name, String text, RepeatedKeys repeatedKeys) {
    if (saysNothing(text)) {
      return of(name, new MappingNode(List.of(), Optional.empty()), List.of());
    }
    ReadDocument document =
        new DocumentReader(Limits.DEFAULT, repeatedKeys).readWithWarnings(name, text);
    return of(name, document.root(), document.warnings());
  }

  /**
   * Reads an environment that is a value already, without places.
   *
   * @throws DocumentException with all problems
   */
  public static EnvironmentFile of(String name, JsonNode value) {
    return of(name, Nodes.of(value), List.of());
  }

  private static EnvironmentFile of(String name, Node root, List<Problem> warnings) {
    return new EnvironmentParser(name, warnings).parse(root);
  }

  /** An environment whose lines are all commented out is none, and not a mistake. */
  private static boolean saysNothing(String text) {
    return text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
  }

  /** What places call it. */
  public String name() {
    return name;
  }

  /** What is doubtful about its text and was read as Heat would. */
  public List<Problem> warnings() {
    return warnings;
  }

  Map<String, Node> parameters() {
    return parameters;
  }

  Map<String, Node> parameterDefaults() {
    return parameterDefaults;
  }

  /** By parameter; {@code default} for those that are not named. */
  MergeStrategy strategy(String parameter) {
    MergeStrategy fallback = strategies.getOrDefault("default", MergeStrategy.OVERWRITE);
    return strategies.getOrDefault(parameter, fallback);
  }

  MappingNode registry() {
    return registry;
  }

  List<EventSink> eventSinks() {
    return eventSinks;
  }

  Set<String> encryptedParameterNames() {
    return encryptedParameterNames;
  }

  /** Its name only: values may be secret. */
  @Override
  public String toString() {
    return "EnvironmentFile[" + name + "]";
  }
}
