package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.template.ParameterType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The environments of a request in their order, and the parameters that go before all of them.
 * Immutable.
 *
 * <p>Later files overwrite parameters of earlier ones, or are joined with them where they ask for
 * it, as in Heat: from the second file on each file's own strategies count, and every file must ask
 * for the same; a parameter that is in no template is left out of them. Registries are joined entry
 * by entry, and a null takes out what an earlier file said.
 */
public record EnvironmentLayers(List<EnvironmentFile> files, Map<String, JsonNode> parameters) {
  public static final EnvironmentLayers NONE = new EnvironmentLayers(List.of(), Map.of());

  public EnvironmentLayers {
    files = List.copyOf(files);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Whether merging needs to know the types of parameters. */
  public boolean needsTypes() {
    return files.size() > 1;
  }

  /**
   * Merges them.
   *
   * @param types of the parameters of all templates of the request, by name; looked at only when
   *     {@link #needsTypes}
   * @throws DocumentException when files contradict each other or values cannot be joined, with the
   *     place of the later one, or when mappings of types lead back to themselves
   */
  public Environment merged(Map<String, ParameterType> types) {
    List<Problem> problems = new ArrayList<>();
    Map<String, MergeStrategy> agreed = new HashMap<>();
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Map<String, JsonNode> defaults = new LinkedHashMap<>();
    ResourceRegistry registry = ResourceRegistry.EMPTY;
    List<EventSink> sinks = new ArrayList<>();
    Set<String> encrypted = new LinkedHashSet<>();
    for (EnvironmentFile file : files) {
      add("parameters", file, file.parameters(), values, types, agreed, problems);
      add("parameter_defaults", file, file.parameterDefaults(), defaults, types, agreed, problems);
      registry = new RegistryReader(problems).read(registry, file.registry());
      sinks.addAll(file.eventSinks());
      encrypted.addAll(file.encryptedParameterNames());
    }
    values.putAll(parameters);
    problems.addAll(registry.problems());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return new Environment(values, defaults, registry, sinks, encrypted);
  }

  private static void add(
      String section,
      EnvironmentFile file,
      Map<String, Node> later,
      Map<String, JsonNode> present,
      Map<String, ParameterType> types,
      Map<String, MergeStrategy> agreed,
      List<Problem> problems) {
    if (present.isEmpty()) {
      later.forEach((name, node) -> present.put(name, node.toJson()));
      return;
    }
    Map<String, MergeStrategy> asked = new HashMap<>();
    later.forEach(
        (name, node) -> {
          ParameterType type = types.get(name);
          JsonNode value = node.toJson();
          if (type == null || value.isNull()) {
            return;
          }
          MergeStrategy strategy = file.strategy(name);
          MergeStrategy before = agreed.getOrDefault(name, strategy);
          asked.put(name, before);
          String path = section + "." + name;
          if (before != strategy) {
            problems.add(
                Problem.at(
                    node,
                    path,
                    "Conflicting merge strategy '%s' for parameter '%s' in file '%s'."
                        .formatted(strategy.keyword(), name, file.name()),
                    "an earlier file asks for " + before.keyword()));
            return;
          }
          try {
            present.put(
                name, new ParameterMerge(strategy).merge(name, type, present.get(name), value));
          } catch (UnmergeableException refused) {
            problems.add(Problem.at(node, path, refused.reason()));
          }
        });
    agreed.putAll(asked);
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "EnvironmentLayers" + files + parameters.keySet();
  }
}
