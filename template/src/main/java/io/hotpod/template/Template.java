package io.hotpod.template;

import io.hotpod.document.Problem;
import io.hotpod.document.RepeatedKeys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template that is sound in itself: its sections, types and functions are right. Whether its
 * references lead anywhere depends on its conditions and shows when it is instantiated. Immutable.
 */
public final class Template {
  private final TemplateSource source;
  private final TemplateVersion version;
  private final String description;
  private final Map<String, ParameterDefinition> parameters;
  private final List<ParameterGroup> parameterGroups;
  private final Map<String, Condition> conditions;
  private final Map<String, ResourceDefinition> resources;
  private final Map<String, OutputDefinition> outputs;
  private final List<Problem> warnings;

  Template(
      TemplateSource source,
      TemplateVersion version,
      String description,
      Map<String, ParameterDefinition> parameters,
      List<ParameterGroup> parameterGroups,
      Map<String, Condition> conditions,
      Map<String, ResourceDefinition> resources,
      Map<String, OutputDefinition> outputs,
      List<Problem> warnings) {
    this.source = source;
    this.version = version;
    this.description = description;
    this.parameters = frozen(parameters);
    this.parameterGroups = List.copyOf(parameterGroups);
    this.conditions = frozen(conditions);
    this.resources = frozen(resources);
    this.outputs = frozen(outputs);
    this.warnings = List.copyOf(warnings);
  }

  /** Keeps the order, which {@code Map.copyOf} would not. */
  private static <V> Map<String, V> frozen(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Reads a template; a key that a map repeats is a problem.
   *
   * @throws io.hotpod.document.DocumentException with the problems in the order of the text: what
   *     keeps it from being read at all, or else up to a hundred mistakes in it; {@link
   *     io.hotpod.template.Examination} goes on to the references
   */
  public static Template parse(TemplateSource source) {
    return parse(source, RepeatedKeys.REFUSE);
  }

  /**
   * Reads a template.
   *
   * @param repeatedKeys a template that Heat would take may repeat keys
   * @throws io.hotpod.document.DocumentException with the problems in the order of the text: what
   *     keeps it from being read at all, or else up to a hundred mistakes in it; {@link
   *     io.hotpod.template.Examination} goes on to the references
   */
  public static Template parse(TemplateSource source, RepeatedKeys repeatedKeys) {
    return new TemplateParser().parse(source, repeatedKeys);
  }

  /**
   * Decides the conditions and checks every reference that remains.
   *
   * @throws io.hotpod.document.DocumentException when a reference leads nowhere, when resources
   *     need each other in a circle, or when a condition is neither true nor false
   */
  public TemplateInstance instantiate(Parameters values) {
    return new TemplateInstance(this, values, Optional.empty());
  }

  /**
   * The same for a template that stands for a resource of another template.
   *
   * @param facade that resource, for {@code resource_facade}
   * @throws io.hotpod.document.DocumentException as {@link #instantiate(Parameters)}
   */
  public TemplateInstance instantiate(Parameters values, ResourceFacade facade) {
    return new TemplateInstance(this, values, Optional.of(facade));
  }

  /** What it was read from. */
  public TemplateSource source() {
    return source;
  }

  public TemplateVersion version() {
    return version;
  }

  /** What is doubtful about its text and was read as Heat would. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** Empty when there is none. */
  public String description() {
    return description;
  }

  /** By name, in the order of the text. */
  public Map<String, ParameterDefinition> parameters() {
    return parameters;
  }

  /** In the order of the text. */
  public List<ParameterGroup> parameterGroups() {
    return parameterGroups;
  }

  /** By name, each after the conditions that it names. */
  public Map<String, Condition> conditions() {
    return conditions;
  }

  /** By name, in the order of the text, with those that a condition may turn off. */
  public Map<String, ResourceDefinition> resources() {
    return resources;
  }

  /** By name, in the order of the text. */
  public Map<String, OutputDefinition> outputs() {
    return outputs;
  }
}
