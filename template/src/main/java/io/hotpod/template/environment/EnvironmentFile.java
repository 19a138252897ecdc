package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
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
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private final String name;
  private final Map<String, Node> parameters;
  private final Map<String, Node> parameterDefaults;
  private final Map<String, MergeStrategy> strategies;
  private final MappingNode registry;
  private final List<EventSink> eventSinks;
  private final Set<String> encryptedParameterNames;

  EnvironmentFile(
      String name,
      Map<String, Node> parameters,
      Map<String, Node> parameterDefaults,
      Map<String, MergeStrategy> strategies,
      MappingNode registry,
      List<EventSink> eventSinks,
      Set<String> encryptedParameterNames) {
    this.name = name;
    this.parameters = parameters;
    this.parameterDefaults = parameterDefaults;
    this.strategies = strategies;
    this.registry = registry;
    this.eventSinks = List.copyOf(eventSinks);
    this.encryptedParameterNames = encryptedParameterNames;
  }

  /**
   * Reads an environment from a text in YAML or JSON; an empty one says nothing.
   *
   * @param name what places call the text: a path, a URL, or {@code environment}
   * @throws DocumentException with all problems of the text, in its order
   */
  public static EnvironmentFile parse(String name, String text) {
    return saysNothing(text)
        ? of(name, new MappingNode(List.of(), Optional.empty()))
        : of(name, READER.read(name, text));
  }

  /**
   * Reads an environment that is a value already, without places.
   *
   * @throws DocumentException with all problems
   */
  public static EnvironmentFile of(String name, JsonNode value) {
    return of(name, Nodes.of(value));
  }

  private static EnvironmentFile of(String name, Node root) {
    return new EnvironmentParser(name).parse(root);
  }

  /** An environment whose lines are all commented out is none, and not a mistake. */
  private static boolean saysNothing(String text) {
    return text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
  }

  /** What places call it. */
  public String name() {
    return name;
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
