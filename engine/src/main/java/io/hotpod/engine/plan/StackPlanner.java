package io.hotpod.engine.plan;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Decisions;
import io.hotpod.engine.resource.InnerStack;
import io.hotpod.engine.resource.PlannedPod;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Facades;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.ResolvedProperties;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.environment.RestrictedAction;
import io.hotpod.template.schema.PropertyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Foresees what an operation will do to one stack of a tree. Use once. */
final class StackPlanner {
  private final Planner planner;
  private final StackTypes types;
  private final String stackId;
  private final List<ResourceRecord> all;
  private final StackState present;
  private final Map<String, Foreseen> foreseen = new LinkedHashMap<>();
  private final Map<String, ObjectNode> predicted = new HashMap<>();
  private final DecisionContext context;

  /**
   * @param all everything that exists, current or not
   * @param outer what the stack around this one foresees
   */
  StackPlanner(
      Planner planner,
      StackTypes types,
      String stackId,
      List<ResourceRecord> all,
      DecisionContext outer) {
    this.planner = planner;
    this.types = types;
    this.stackId = stackId;
    this.all = all;
    this.present = new StackState(types, all, false);
    this.context =
        new DecisionContext() {
          @Override
          public String project() {
            return outer.project();
          }

          @Override
          public Optional<ObjectNode> predicted(String referenceId) {
            return Optional.ofNullable(predicted.get(referenceId))
                .or(() -> outer.predicted(referenceId));
          }
        };
  }

  /** What is foreseen of one name. */
  private record Foreseen(
      StepKind kind, ResourceType type, ObjectNode properties, Optional<String> referenceId) {}

  /**
   * Makes the steps.
   *
   * @param target already checked
   */
  List<PlannedStep> plan(TemplateInstance target) {
    List<PlannedStep> steps = new ArrayList<>();
    for (ResourceDefinition definition : inOrder(target)) {
      steps.add(step(target, definition));
    }
    Set<String> removed = new TreeSet<>();
    for (ResourceRecord resource : all) {
      if (!target.resources().containsKey(resource.name())) {
        removed.add(resource.name());
      }
    }
    for (String name : removed) {
      present
          .current(name)
          .ifPresent(
              resource ->
                  steps.add(
                      Removals.step(
                          planner, types, resource, all, "it is not in the template any more")));
    }
    return steps;
  }

  private Decision decide(
      ResourceDefinition definition,
      ResourceRecord resource,
      ResourceType type,
      ObjectNode properties,
      Set<String> unknown,
      ResourceFacade facade) {
    try {
      return Decisions.decide(resource, type, context, properties, unknown, facade);
    } catch (ResourceFailure refused) {
      throw refused(definition, refused);
    }
  }

  private static List<ResourceDefinition> inOrder(TemplateInstance target) {
    List<ResourceDefinition> order = new ArrayList<>();
    Map<String, Integer> waitingFor = new HashMap<>();
    Map<String, List<ResourceDefinition>> dependents = new HashMap<>();
    for (ResourceDefinition definition : target.resources().values()) {
      Set<String> dependencies = target.dependencies(definition.name());
      waitingFor.put(definition.name(), dependencies.size());
      dependencies.forEach(
          dependency ->
              dependents.computeIfAbsent(dependency, key -> new ArrayList<>()).add(definition));
      if (dependencies.isEmpty()) {
        order.add(definition);
      }
    }
    for (int i = 0; i < order.size(); i++) {
      for (ResourceDefinition dependent : dependents.getOrDefault(order.get(i).name(), List.of())) {
        if (waitingFor.merge(dependent.name(), -1, Integer::sum) == 0) {
          order.add(dependent);
        }
      }
    }
    return order;
  }

  private PlannedStep step(TemplateInstance target, ResourceDefinition definition) {
    ResourceType type = types.get(definition.type(), definition.name());
    Optional<ResourceRecord> existing =
        present.current(definition.name()).filter(resource -> resource.action() != Action.INIT);
    Optional<String> externalId = target.externalId(definition.name());
    existing.ifPresent(resource -> requireSame(definition, resource, externalId));
    if (externalId.isPresent()) {
      return external(target, definition, type, existing.isPresent(), externalId.get());
    }
    ResolvedProperties resolved = target.properties(definition.name(), new PlannedView());
    PropertyReader reader =
        new PropertyReader(
            type.schema(),
            "resources." + definition.name(),
            inside -> target.locate(definition.name(), inside));
    Set<String> unknown = resolved.unknown().keySet();
    ObjectNode properties = reader.read(resolved.known(), unknown);
    if (!reader.problems().isEmpty()) {
      throw new DocumentException(reader.problems());
    }
    ResourceFacade facade = Facades.of(target, definition.name(), new PlannedView());
    Decision decision =
        existing
            .map(resource -> decide(definition, resource, type, properties, unknown, facade))
            .orElse(new Decision(Decision.Kind.REPLACE, List.of("it is new"), type.runsPod()));
    StepKind kind =
        existing.isEmpty()
            ? StepKind.CREATE
            : switch (decision.kind()) {
              case NONE -> StepKind.NONE;
              case RESUME, UPDATE -> StepKind.UPDATE;
              case REPLACE -> StepKind.REPLACE;
            };
    int incarnation = existing.map(ResourceRecord::incarnation).orElse(0) + 1;
    foresee(definition, type, kind, properties, unknown, incarnation);
    Optional<PlannedPod> pod = place(target, definition, type, kind, properties, unknown);
    List<PlannedStep> nested = nested(type, kind, existing, properties, unknown, facade);
    return new PlannedStep(
        definition.name(),
        definition.type(),
        kind,
        reasons(definition.name(), kind, decision, pod),
        decision.restartsPod() || nested.stream().anyMatch(PlannedStep::restartsPod),
        unknown.isEmpty() || kind == StepKind.CREATE,
        target.dependencies(definition.name()),
        nested,
        shown(type, properties));
  }

  /** As Heat shows properties, every one that the type has, but for what is for nobody's eyes. */
  private static ObjectNode shown(ResourceType type, ObjectNode properties) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    type.schema()
        .properties()
        .forEach(
            (name, property) -> {
              JsonNode value = properties.path(name);
              if (value.isMissingNode() || value.isNull()) {
                all.putNull(name);
              } else if (property.hidden()) {
                all.put(name, Redaction.HIDDEN);
              } else {
                all.set(name, value);
              }
            });
    return all;
  }

  /** Finds out before anything begins that a pod has no place, or not the one that it wants. */
  private Optional<PlannedPod> place(
      TemplateInstance target,
      ResourceDefinition definition,
      ResourceType type,
      StepKind kind,
      ObjectNode properties,
      Set<String> unknown) {
    try {
      Optional<PlannedPod> placed = type.plannedPod(context, properties, unknown);
      placed.ifPresent(pod -> planner.pods().add(definition.name(), definition.location(), pod));
      return placed;
    } catch (ResourceFailure missing) {
      if (kind != StepKind.NONE) {
        throw new DocumentException(
            new Problem(
                target.locate(definition.name(), List.of("server")).or(definition::location),
                "resources.%s.properties.server".formatted(definition.name()),
                String.valueOf(missing.getMessage()),
                Optional.empty()));
      }
      return Optional.empty();
    }
  }

  private static void requireSame(
      ResourceDefinition definition, ResourceRecord existing, Optional<String> externalId) {
    try {
      Decisions.requireSame(existing, externalId);
    } catch (ResourceFailure refused) {
      throw refused(definition, refused);
    }
  }

  private static DocumentException refused(ResourceDefinition definition, ResourceFailure refused) {
    return new DocumentException(
        List.of(
            new Problem(
                definition.location(),
                "resources." + definition.name(),
                String.valueOf(refused.getMessage()),
                Optional.empty())));
  }

  /** What the stack does not make is taken in once and then left alone. */
  private PlannedStep external(
      TemplateInstance target,
      ResourceDefinition definition,
      ResourceType type,
      boolean known,
      String externalId) {
    StepKind kind = known ? StepKind.NONE : StepKind.CREATE;
    foreseen.put(
        definition.name(),
        new Foreseen(kind, type, JsonNodeFactory.instance.objectNode(), Optional.of(externalId)));
    return new PlannedStep(
        definition.name(),
        definition.type(),
        kind,
        known ? List.of() : List.of("it is there already and is only taken in"),
        false,
        true,
        target.dependencies(definition.name()),
        List.of(),
        JsonNodeFactory.instance.objectNode());
  }

  /** What happens inside; empty when it is no stack, or cannot be told yet. */
  private List<PlannedStep> nested(
      ResourceType type,
      StepKind kind,
      Optional<ResourceRecord> found,
      ObjectNode properties,
      Set<String> unknown,
      ResourceFacade facade) {
    boolean anew = kind == StepKind.CREATE || kind == StepKind.REPLACE;
    Optional<ResourceRecord> kept = found.filter(resource -> !anew);
    Optional<String> present = kept.map(ResourceRecord::id);
    return kept.map(existing -> type.inner(existing, properties, unknown, facade))
        .orElseGet(() -> type.inner(properties, unknown, facade))
        .filter(inner -> inner.unknown().isEmpty())
        .map(inner -> nested(inner, present.orElse("")))
        .orElse(List.of());
  }

  private List<PlannedStep> nested(InnerStack inner, String presentId) {
    List<PlannedStep> steps = planner.inside(inner.definition(), presentId, context);
    return inner
        .passing()
        .map(passing -> Passing.around(steps, planner.inside(passing, "", context)))
        .orElse(steps);
  }

  private List<String> reasons(
      String resource, StepKind kind, Decision decision, Optional<PlannedPod> pod) {
    List<String> reasons = new ArrayList<>(reasons(resource, decision));
    if (kind != StepKind.NONE && decision.restartsPod()) {
      pod.filter(planned -> !planned.welcome())
          .ifPresent(
              planned ->
                  reasons.add(
                      "instance %s is drained: the operation will fail here"
                          .formatted(planned.instance())));
    }
    return reasons;
  }

  private List<String> reasons(String resource, Decision decision) {
    boolean restricted =
        switch (decision.kind()) {
          case NONE, RESUME -> false;
          case UPDATE -> types.restrictedActions(resource).contains(RestrictedAction.UPDATE);
          case REPLACE -> types.restrictedActions(resource).contains(RestrictedAction.REPLACE);
        };
    if (!restricted || present.current(resource).isEmpty()) {
      return decision.reasons();
    }
    List<String> reasons = new ArrayList<>(decision.reasons());
    reasons.add(
        "the environment restricts %s of it: the operation will fail here"
            .formatted(decision.kind() == Decision.Kind.UPDATE ? "an update" : "a replacement"));
    return reasons;
  }

  private void foresee(
      ResourceDefinition definition,
      ResourceType type,
      StepKind kind,
      ObjectNode properties,
      Set<String> unknown,
      int incarnation) {
    Optional<String> referenceId = Optional.empty();
    if (kind != StepKind.NONE && kind != StepKind.UPDATE && unknown.isEmpty()) {
      try {
        ModificationToken token =
            planner
                .tokens()
                .token(stackId, definition.name(), incarnation, type.content(context, properties));
        referenceId = type.predictReferenceId(token);
        referenceId.ifPresent(id -> predicted.put(id, properties));
      } catch (ResourceFailure e) {
        // What cannot be worked out yet is simply not foreseen; the operation itself will tell.
        referenceId = Optional.empty();
      }
    }
    foreseen.put(definition.name(), new Foreseen(kind, type, properties, referenceId));
  }

  /** What expressions may know of resources as they will be. */
  private final class PlannedView implements ResourceView {
    @Override
    public Optional<JsonNode> referenceId(String resource) {
      Foreseen each = foreseen.get(resource);
      if (each == null || each.kind() == StepKind.NONE || each.kind() == StepKind.UPDATE) {
        return present.referenceId(resource);
      }
      return each.referenceId().map(JsonNodeFactory.instance::stringNode);
    }

    @Override
    public Optional<JsonNode> attribute(String resource, String attribute) {
      Foreseen each = foreseen.get(resource);
      if (each == null || each.kind() == StepKind.NONE) {
        return present.attribute(resource, attribute);
      }
      return each.type().predictAttribute(each.properties(), attribute);
    }

    @Override
    public Optional<JsonNode> attribute(String resource, String attribute, List<JsonNode> path) {
      Foreseen each = foreseen.get(resource);
      return each == null || each.kind() == StepKind.NONE
          ? present.attribute(resource, attribute, path)
          : ResourceView.super.attribute(resource, attribute, path);
    }

    @Override
    public Optional<JsonNode> attributes(String resource) {
      Foreseen each = foreseen.get(resource);
      return each == null || each.kind() == StepKind.NONE
          ? present.attributes(resource)
          : Optional.empty();
    }
  }
}
