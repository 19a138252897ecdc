package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A template with its parameters: which resources there are, what each needs, and what properties
 * and outputs come to. Immutable; may be used by many threads at once. Values that it returns may
 * share parts with each other and are not to be changed.
 */
public final class TemplateInstance {
  private final Template template;
  private final Scope scope;
  private final InstanceWork work = new InstanceWork();
  private final Map<String, ResourceDefinition> resources;
  private final Map<String, OutputDefinition> outputs;
  private final Map<String, Set<String>> dependencies;
  private final List<String> order;
  private final Map<String, DeletionPolicy> deletionPolicies;
  private final Map<String, String> externalIds;

  TemplateInstance(Template template, Parameters parameters, Optional<ResourceFacade> facade) {
    this(template, Instantiation.strict(template, parameters, facade));
  }

  TemplateInstance(Template template, Instantiation instantiation) {
    this.template = template;
    this.scope = instantiation.scope();
    this.resources = Collections.unmodifiableMap(instantiation.resources());
    this.outputs = template.outputs();
    this.dependencies = instantiation.dependencies();
    this.order = instantiation.order();
    this.deletionPolicies = instantiation.deletionPolicies();
    this.externalIds = instantiation.externalIds();
  }

  /** What it was made of. */
  public Template template() {
    return template;
  }

  /** The values it was made with. */
  public Parameters parameters() {
    return scope.parameters();
  }

  /** The resources that no condition turns off, by name, in the order of the text. */
  public Map<String, ResourceDefinition> resources() {
    return resources;
  }

  /** The names of all resources, each after all that it needs. */
  public List<String> order() {
    return order;
  }

  /**
   * The resources that a resource needs, by {@code depends_on} or by reference, in the order in
   * which it names them.
   *
   * @throws IllegalArgumentException when there is no such resource
   */
  public Set<String> dependencies(String resource) {
    definition(resource);
    return dependencies.getOrDefault(resource, Set.of());
  }

  /**
   * The properties of a resource as far as they can be known.
   *
   * @throws DocumentException when a function cannot work with what it is given, with its place
   * @throws IllegalArgumentException when there is no such resource
   */
  public ResolvedProperties properties(String resource, ResourceView view) {
    ResourceDefinition definition = definition(resource);
    return work.count(
        "resources." + resource,
        budget -> new PropertyResolver(scope.counting(budget), view).resolve(definition));
  }

  /**
   * The metadata of a resource; an empty map when the template gives none.
   *
   * @throws DocumentException when a function cannot work with what it is given, with its place
   * @throws IllegalArgumentException when there is no such resource
   */
  public Resolution metadata(String resource, ResourceView view) {
    return definition(resource)
        .metadata()
        .map(metadata -> resolve("metadata." + resource, metadata, view))
        .orElseGet(() -> new Resolution.Known(JsonNodeFactory.instance.objectNode()));
  }

  /**
   * The update policy of a resource; an empty map when the template gives none.
   *
   * @throws DocumentException when a function cannot work with what it is given, with its place
   * @throws IllegalArgumentException when there is no such resource
   */
  public Resolution updatePolicy(String resource, ResourceView view) {
    return definition(resource)
        .updatePolicy()
        .map(policy -> resolve("update_policy." + resource, policy, view))
        .orElseGet(() -> new Resolution.Known(JsonNodeFactory.instance.objectNode()));
  }

  /**
   * What becomes of the real thing when a resource leaves the stack. What the stack did not make is
   * never deleted with it.
   *
   * @throws IllegalArgumentException when there is no such resource
   */
  public DeletionPolicy deletionPolicy(String resource) {
    definition(resource);
    return externalIds.containsKey(resource)
        ? DeletionPolicy.RETAIN
        : deletionPolicies.getOrDefault(resource, DeletionPolicy.DELETE);
  }

  /**
   * The physical id of a thing that the stack did not make and only takes in.
   *
   * @throws IllegalArgumentException when there is no such resource
   */
  public Optional<String> externalId(String resource) {
    definition(resource);
    return Optional.ofNullable(externalIds.get(resource));
  }

  /** All outputs by name, in the order of the text. */
  public Map<String, OutputDefinition> outputs() {
    return outputs;
  }

  /**
   * The value of an output; null when its condition turns it off.
   *
   * @throws DocumentException when a function cannot work with what it is given, with its place
   * @throws IllegalArgumentException when there is no such output
   */
  public Resolution output(String name, ResourceView view) {
    OutputDefinition output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException("no output " + name);
    }
    boolean shown =
        work.count(
            "conditions." + name,
            budget -> output.condition().map(scope.counting(budget)::holds).orElse(true));
    return shown
        ? resolve("outputs." + name, output.value(), view)
        : new Resolution.Known(JsonNodeFactory.instance.nullNode());
  }

  private Resolution resolve(String name, Expression expression, ResourceView view) {
    return work.count(name, budget -> resolve(expression, view, scope.counting(budget)));
  }

  private static Resolution resolve(Expression expression, ResourceView view, Scope scope) {
    Resolver resolver = new Resolver(scope, view, new ValueBudget(scope.work()));
    Optional<JsonNode> value = resolver.resolve(expression);
    return resolver.waitsFor().isEmpty()
        ? new Resolution.Known(value.orElseGet(JsonNodeFactory.instance::nullNode))
        : new Resolution.Unknown(
            Collections.unmodifiableSet(new LinkedHashSet<>(resolver.waitsFor())));
  }

  /**
   * The deepest place that is known of something inside the properties of a resource: of a key, or
   * of a list's item. A function's result has the place of the function.
   *
   * @param path keys, and indices of lists as {@code 0} or {@code [0]}; empty for the properties
   * @return empty when there is no such resource, or the template knows no places
   */
  public Optional<Location> locate(String resource, List<String> path) {
    return Optional.ofNullable(resources.get(resource))
        .flatMap(definition -> locator().find(definition.properties(), path));
  }

  /**
   * The same inside the update policy of a resource.
   *
   * @param path keys, and indices of lists; empty for the policy
   * @return empty when there is no such resource or it has no policy
   */
  public Optional<Location> locatePolicy(String resource, List<String> path) {
    return Optional.ofNullable(resources.get(resource))
        .flatMap(ResourceDefinition::updatePolicy)
        .flatMap(policy -> locator().find(policy, path));
  }

  private Locator locator() {
    return new Locator(scope.counting(new WorkBudget()));
  }

  private ResourceDefinition definition(String resource) {
    ResourceDefinition definition = resources.get(resource);
    if (definition == null) {
      throw new IllegalArgumentException("no resource " + resource);
    }
    return definition;
  }
}
