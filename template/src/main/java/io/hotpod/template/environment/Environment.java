package io.hotpod.template.environment;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is given beside a template, merged into one. Immutable.
 *
 * @param parameters values for the template's parameters; a name that the template lacks is refused
 * @param parameterDefaults for parameters that nobody set, in nested templates too; other names are
 *     ignored
 * @param registry what the types in templates stand for
 * @param eventSinks where events are to be sent as well
 * @param encryptedParameterNames kept for clients that look at them; parameters are hidden by their
 *     template
 */
public record Environment(
    Map<String, JsonNode> parameters,
    Map<String, JsonNode> parameterDefaults,
    ResourceRegistry registry,
    List<EventSink> eventSinks,
    Set<String> encryptedParameterNames) {
  public static final Environment EMPTY = of(Map.of(), Map.of());

  public Environment {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameterDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(parameterDefaults));
    requireNonNull(registry, "registry is null");
    eventSinks = List.copyOf(eventSinks);
    encryptedParameterNames =
        Collections.unmodifiableSet(new LinkedHashSet<>(encryptedParameterNames));
  }

  /**
   * What it gives for the parameters of a template: its parameters, also those that the template
   * lacks, over the defaults for those that it has.
   */
  public Map<String, JsonNode> valuesFor(Template template) {
    Map<String, JsonNode> values = new LinkedHashMap<>(parameterDefaults);
    values.keySet().retainAll(template.parameters().keySet());
    values.putAll(parameters);
    return values;
  }

  /** An environment that maps no types. */
  public static Environment of(
      Map<String, JsonNode> parameters, Map<String, JsonNode> parameterDefaults) {
    return new Environment(
        parameters, parameterDefaults, ResourceRegistry.EMPTY, List.of(), Set.of());
  }

  /** The same with other parameters. */
  public Environment withParameters(Map<String, JsonNode> others) {
    return new Environment(
        others, parameterDefaults, registry, eventSinks, encryptedParameterNames);
  }

  /** This one with what another adds on top: how a patch changes what a stack has. */
  public Environment with(Environment later) {
    Map<String, JsonNode> values = new LinkedHashMap<>(parameters);
    values.putAll(later.parameters);
    Map<String, JsonNode> defaults = new LinkedHashMap<>(parameterDefaults);
    defaults.putAll(later.parameterDefaults);
    Set<String> encrypted = new LinkedHashSet<>(encryptedParameterNames);
    encrypted.addAll(later.encryptedParameterNames);
    return new Environment(
        values,
        defaults,
        registry.with(later.registry),
        later.eventSinks.isEmpty() ? eventSinks : later.eventSinks,
        encrypted);
  }

  /**
   * What a stack inside a resource gets: this one's mappings and defaults, and parameters of its
   * own.
   *
   * @param resource the resource; what the registry says of resources inside it comes to the top
   * @param template by which the resource came to its template: that mapping is left out, so that a
   *     template may use the type that it stands for
   */
  public Environment within(
      String resource, MappedType.Nested template, Map<String, JsonNode> childParameters) {
    return new Environment(
        childParameters,
        parameterDefaults,
        registry.without(template.path()).within(resource),
        eventSinks,
        encryptedParameterNames);
  }

  /**
   * What a stack inside a resource gets that has a template of no name: this one's mappings and
   * defaults, and no parameters.
   *
   * @param resource the resource; what the registry says of resources inside it comes to the top
   */
  public Environment within(String resource) {
    return new Environment(
        Map.of(),
        parameterDefaults,
        registry.within(resource),
        eventSinks,
        encryptedParameterNames);
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "Environment" + parameters.keySet();
  }
}
