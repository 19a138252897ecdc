package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Decides the conditions of a template, then checks and orders what remains. */
final class Instantiation {
  /** A longer cycle is cut when it is shown: its beginning is enough to break it. */
  private static final int MOST_SHOWN = 20;

  private final Template template;
  private final Problems problems = new Problems();
  private final Scope scope;
  private final Undecided undecided;

  private final ReferenceCollector collector;
  private final Map<String, ResourceDefinition> resources = new LinkedHashMap<>();

  /** By resource, the resources that it needs, each with the first place that says so. */
  private final Map<String, Map<String, Place>> needs = new LinkedHashMap<>();

  private final Map<String, DeletionPolicy> deletionPolicies = new HashMap<>();
  private final Map<String, String> externalIds = new HashMap<>();
  private final List<String> order;

  private Instantiation(
      Template template,
      Parameters parameters,
      Optional<ResourceFacade> facade,
      Set<String> broken) {
    this.template = template;
    Set<String> failed = new HashSet<>(broken);
    this.scope = decide(template, parameters, facade, failed);
    this.undecided = new Undecided(template, parameters.undecided(), failed);
    this.collector = new ReferenceCollector(scope, undecided, problems);
    for (ResourceDefinition resource : template.resources().values()) {
      if (isOn(resource.condition())) {
        resources.put(resource.name(), resource);
      }
    }
    resources.values().forEach(resource -> needs.put(resource.name(), needsOf(resource)));
    resources.values().forEach(this::decideEarly);
    template.outputs().values().forEach(this::checkOutput);
    this.order = ordered();
  }

  /**
   * Decides and orders.
   *
   * @throws DocumentException with all that is wrong
   */
  static Instantiation strict(
      Template template, Parameters parameters, Optional<ResourceFacade> facade) {
    Instantiation instantiation = new Instantiation(template, parameters, facade, Set.of());
    instantiation.problems.throwIfAny();
    return instantiation;
  }

  /**
   * Decides and orders as far as that can be done, with {@link #problems} left to look at.
   *
   * @param broken names of conditions that were malformed; nothing is said of what hangs on them
   * @throws DocumentException when there is too much wrong
   */
  static Instantiation lenient(Template template, Parameters parameters, Set<String> broken) {
    return new Instantiation(template, parameters, Optional.empty(), broken);
  }

  List<Problem> problems() {
    return problems.all();
  }

  /** Where resources need each other in a circle, the order of the text stands for one. */
  private List<String> ordered() {
    try {
      return inOrder();
    } catch (DocumentException circle) {
      circle.problems().forEach(problems::add);
      return List.copyOf(resources.keySet());
    }
  }

  Scope scope() {
    return scope;
  }

  Map<String, ResourceDefinition> resources() {
    return resources;
  }

  Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> names = new LinkedHashMap<>();
    needs.forEach(
        (resource, places) -> names.put(resource, Collections.unmodifiableSet(places.keySet())));
    return names;
  }

  /** Those that there are whatever the undecided parameters come to. */
  private Map<String, Set<String>> certainDependencies() {
    Map<String, Set<String>> names = new LinkedHashMap<>();
    needs.forEach(
        (resource, places) -> {
          Set<String> certain = new LinkedHashSet<>();
          names.put(resource, certain);
          if (isCertain(resource)) {
            places.forEach(
                (needed, place) -> {
                  if (isCertain(needed)
                      && collector.isCertain(new ResourceReference(needed, place))) {
                    certain.add(needed);
                  }
                });
          }
        });
    return names;
  }

  private boolean isCertain(String resource) {
    return Optional.ofNullable(resources.get(resource))
        .flatMap(ResourceDefinition::condition)
        .stream()
        .noneMatch(undecided::contains);
  }

  List<String> order() {
    return order;
  }

  Map<String, DeletionPolicy> deletionPolicies() {
    return Collections.unmodifiableMap(deletionPolicies);
  }

  Map<String, String> externalIds() {
    return Collections.unmodifiableMap(externalIds);
  }

  /**
   * Decides the conditions in their order.
   *
   * @param failed names of those for which that cannot be done; takes what else is found
   */
  private Scope decide(
      Template template,
      Parameters parameters,
      Optional<ResourceFacade> facade,
      Set<String> failed) {
    Map<String, Boolean> outcomes = new HashMap<>();
    Scope scope =
        new Scope(
            template.version(),
            template.source().files(),
            parameters,
            Collections.unmodifiableMap(outcomes),
            facade,
            new WorkBudget());
    Undecided open = new Undecided(template, parameters.undecided());
    ReferenceCollector names = new ReferenceCollector(scope, open, problems);
    template
        .conditions()
        .forEach(
            (name, condition) -> {
              boolean sound =
                  names.checkParameters(condition)
                      && !failed.contains(name)
                      && !namesAny(condition, failed);
              Optional<Boolean> outcome =
                  sound ? outcome(condition, scope, open) : Optional.empty();
              outcome.ifPresentOrElse(it -> outcomes.put(name, it), () -> failed.add(name));
            });
    return scope;
  }

  private static boolean namesAny(Condition condition, Set<String> names) {
    return !names.isEmpty() && !Collections.disjoint(ConditionNames.in(condition), names);
  }

  /** Empty when it cannot be decided, which is noted unless it is for want of a parameter. */
  private Optional<Boolean> outcome(Condition condition, Scope scope, Undecided open) {
    try {
      return Optional.of(scope.holds(condition));
    } catch (DocumentException refused) {
      if (!open.contains(condition)) {
        refused.problems().forEach(problems::add);
      }
      return Optional.empty();
    }
  }

  /** What cannot be decided, or not yet, is looked at as if it held. */
  private boolean isOn(Optional<Condition> condition) {
    return condition
        .map(
            it ->
                !collector.checkParameters(it)
                    || undecided.contains(it)
                    || outcome(it, scope, undecided).orElse(true))
        .orElse(true);
  }

  private Map<String, Place> needsOf(ResourceDefinition resource) {
    Map<String, Place> found = new LinkedHashMap<>();
    for (ResourceReference reference : resource.explicitDependencies()) {
      // What a condition turns off is no longer waited for, as in Heat.
      if (resources.containsKey(reference.resource())) {
        found.putIfAbsent(reference.resource(), reference.place());
      } else if (!template.resources().containsKey(reference.resource())) {
        refuse(reference, resource.name(), Optional.empty());
      }
    }
    List<ResourceReference> references = new ArrayList<>(collector.in(resource.properties()));
    resource.metadata().ifPresent(metadata -> references.addAll(collector.in(metadata)));
    resource.updatePolicy().ifPresent(policy -> references.addAll(collector.in(policy)));
    for (ResourceReference reference : references) {
      if (resources.containsKey(reference.resource())) {
        found.putIfAbsent(reference.resource(), reference.place());
      } else {
        refuse(reference, resource.name(), resource.condition());
      }
    }
    return found;
  }

  /** What must be known before anything is made: it depends on parameters only. */
  private void decideEarly(ResourceDefinition resource) {
    resource
        .deletionPolicy()
        .flatMap(this::early)
        .ifPresent(
            value ->
                deletionPolicies.put(
                    resource.name(),
                    DeletionPolicies.read(
                        value,
                        template.version(),
                        resource.deletionPolicy().orElseThrow().place(),
                        problems)));
    resource
        .externalId()
        .flatMap(this::early)
        .filter(value -> !value.isNull())
        .ifPresent(
            value -> {
              if (value.isContainer()) {
                problems.add(
                    resource
                        .externalId()
                        .orElseThrow()
                        .place()
                        .problem("external_id must be a string, not " + Resolver.kind(value)));
              } else {
                externalIds.put(resource.name(), PythonText.str(value));
              }
            });
  }

  private Optional<JsonNode> early(Expression expression) {
    if (undecided.contains(expression)) {
      return Optional.empty();
    }
    try {
      Resolver resolver = Resolver.withoutResources(scope);
      Optional<JsonNode> value = resolver.resolve(expression);
      if (resolver.waitsFor().isEmpty()) {
        return value;
      }
      problems.add(expression.place().problem("this must be known before any resource is created"));
    } catch (DocumentException refused) {
      refused.problems().forEach(problems::add);
    }
    return Optional.empty();
  }

  private void checkOutput(OutputDefinition output) {
    if (isOn(output.condition())) {
      for (ResourceReference reference : collector.in(output.value())) {
        if (!resources.containsKey(reference.resource())) {
          refuse(reference, output.name(), output.condition());
        }
      }
    }
  }

  /**
   * Notes that a reference leads nowhere, if that is certain.
   *
   * @param condition of where it stands
   */
  private void refuse(ResourceReference reference, String where, Optional<Condition> condition) {
    String name = reference.resource();
    boolean certain =
        !collector.isNameOpen(reference)
            && (!template.resources().containsKey(name)
                || (collector.isCertain(reference)
                    && Stream.concat(
                            condition.stream(),
                            Optional.ofNullable(template.resources().get(name))
                                .flatMap(ResourceDefinition::condition)
                                .stream())
                        .noneMatch(undecided::contains)));
    if (!certain) {
      return;
    }
    problems.add(
        reference
            .place()
            .problem(
                "The specified reference \"" + name + "\" (in " + where + ") is incorrect.",
                template.resources().containsKey(name)
                    ? Optional.of("its condition turns \"" + name + "\" off")
                    : Suggestions.advice(name, resources.keySet()))
            .lacking("resources." + name));
  }

  private List<String> inOrder() {
    DependencyGraph graph = DependencyGraph.of(dependencies());
    if (!graph.cycle().isEmpty() && !undecided.isEmpty()) {
      graph = DependencyGraph.of(certainDependencies());
    }
    if (graph.cycle().isEmpty()) {
      return graph.order();
    }
    List<String> cycle = graph.cycle();
    List<String> shown = new ArrayList<>(cycle.subList(0, Math.min(MOST_SHOWN, cycle.size())));
    if (cycle.size() > MOST_SHOWN) {
      shown.add("(" + (cycle.size() - MOST_SHOWN - 1) + " more)");
      shown.add(cycle.getLast());
    }
    List<String> steps = new ArrayList<>();
    for (int i = 0; i + 1 < Math.min(MOST_SHOWN, cycle.size()); i++) {
      String needed = cycle.get(i + 1);
      Place place = placeOf(cycle.get(i), needed);
      steps.add(
          cycle.get(i)
              + " needs "
              + needed
              + place.location().map(location -> " at " + location).orElse(""));
    }
    throw new DocumentException(
        placeOf(cycle.getFirst(), cycle.get(1))
            .problem(
                "Circular Dependency Found: [" + String.join(" -> ", shown) + "]",
                Optional.of(String.join(", ", steps))));
  }

  private Place placeOf(String resource, String needed) {
    Place place = needs.getOrDefault(resource, Map.of()).get(needed);
    if (place == null) {
      throw new IllegalStateException(resource + " does not need " + needed);
    }
    return place;
  }
}
