package io.hotpod.engine.run;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Decisions;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Facades;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.FencedException;
import io.hotpod.template.ResolvedProperties;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.environment.RestrictedAction;
import io.hotpod.template.schema.PropertyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The steps that bring the resources of a target in line with it: decides for each what is to be
 * done, and has it done.
 */
final class ConvergeSteps {
  private final OperationScope scope;
  private final Optional<TemplateInstance> target;
  private final ChangeSteps changes;
  private final Map<String, ObjectNode> restored;
  private final Breakpoints breakpoints;

  /**
   * @param restored what the types kept in the snapshot that is restored, by name
   */
  ConvergeSteps(
      OperationScope scope,
      Optional<TemplateInstance> target,
      String definitionId,
      Map<String, ObjectNode> restored,
      Breakpoints breakpoints) {
    this.restored = restored;
    this.breakpoints = breakpoints;
    this.scope = scope;
    this.target = target;
    changes = new ChangeSteps(scope, target, definitionId, breakpoints);
  }

  /** A record for each name of the target that has none, so that people see what is to come. */
  List<ResourceRecord> planned() {
    List<ResourceRecord> planned = new ArrayList<>();
    target.ifPresent(
        template ->
            template
                .resources()
                .forEach(
                    (name, definition) -> {
                      if (scope.state().current(name).isEmpty()) {
                        planned.add(changes.fresh(template, definition, 1));
                      }
                    }));
    planned.forEach(scope.state()::becomesCurrent);
    return planned;
  }

  private static ResourceDefinition definition(TemplateInstance template, String name) {
    ResourceDefinition definition = template.resources().get(name);
    if (definition == null) {
      throw new IllegalStateException("the target has no resource " + name);
    }
    return definition;
  }

  /** Brings one name in line. */
  GraphWalker.Outcome apply(Node.Apply node) {
    ResourceRecord existing = scope.state().current(node.name()).orElseThrow();
    return ended(node, begins(existing), () -> bringInLine(node, existing));
  }

  private GraphWalker.Outcome bringInLine(Node.Apply node, ResourceRecord existing) {
    TemplateInstance template = target.orElseThrow();
    ResourceDefinition definition = definition(template, node.name());
    ResourceType type = scope.types().get(definition.type(), definition.name());
    Optional<String> externalId = template.externalId(definition.name());
    if (existing.action() != Action.INIT && existing.action() != Action.DELETE) {
      Decisions.requireSame(existing, externalId);
    }
    if (externalId.isPresent()) {
      return changes.external(node, template, definition, type, existing, externalId.get());
    }
    ObjectNode properties = resolve(template, definition, type);
    ObjectNode snapshot = restored.get(node.name());
    if (snapshot != null) {
      type.restore(DecisionContext.real(scope.stack().project()), properties, snapshot);
    }
    if (isToAdopt(existing)) {
      return changes.adopt(node, type, existing, properties, template.dependencies(node.name()));
    }
    if (existing.action() == Action.INIT && scope.operation().action() == Action.ADOPT) {
      throw new ResourceFailure("Exception", "", "Resource ID was not provided.");
    }
    return thenBreakpoint(
        node, () -> converge(node, template, definition, type, existing, properties));
  }

  /** What comes of a step, also of one that goes on after it was parked. */
  private GraphWalker.Outcome ended(
      Node.Apply node, Action begins, Supplier<GraphWalker.Outcome> work) {
    try {
      return work.get();
    } catch (Parked parked) {
      throw parked.within(rest -> () -> ended(node, begins, rest));
    } catch (StopSignal.Stopped | FencedException e) {
      return GraphWalker.Outcome.STOPPED;
    } catch (ResourceFailure | DocumentException e) {
      return scope.failed(node, scope.state().current(node.name()).orElseThrow(), begins, e);
    } catch (RuntimeException e) {
      return scope.unexpected(node, scope.state().current(node.name()).orElseThrow(), begins, e);
    }
  }

  private GraphWalker.Outcome thenBreakpoint(Node.Apply node, Supplier<GraphWalker.Outcome> work) {
    GraphWalker.Outcome outcome;
    try {
      outcome = work.get();
    } catch (Parked parked) {
      throw parked.within(rest -> () -> thenBreakpoint(node, rest));
    }
    if (outcome == GraphWalker.Outcome.DONE) {
      afterwards(node);
    }
    return outcome;
  }

  private static Action begins(ResourceRecord existing) {
    return existing.action() == Action.INIT ? Action.CREATE : Action.UPDATE;
  }

  /** Also when it was this operation that did it before a crash. */
  private void afterwards(Node.Apply node) {
    scope
        .state()
        .current(node.name())
        .filter(done -> done.operationId().equals(scope.operation().id()))
        .ifPresent(done -> breakpoints.after(done, done.action()));
  }

  /** What came with an adopted stack and is not taken in yet. */
  private static boolean isToAdopt(ResourceRecord existing) {
    return (existing.action() == Action.INIT && existing.physicalId().isPresent())
        || (existing.action() == Action.ADOPT && existing.status() == Status.IN_PROGRESS);
  }

  private ObjectNode resolve(
      TemplateInstance template, ResourceDefinition definition, ResourceType type) {
    ResolvedProperties resolved = template.properties(definition.name(), scope.state());
    if (!resolved.unknown().isEmpty()) {
      throw new ResourceFailure("values are not known yet: " + resolved.unknown());
    }
    String path = "resources." + definition.name();
    PropertyReader reader =
        new PropertyReader(
            type.schema(), path, inside -> template.locate(definition.name(), inside));
    ObjectNode properties = reader.read(resolved.known(), Set.of());
    List<Problem> problems = new ArrayList<>(reader.problems());
    if (problems.isEmpty()) {
      problems.addAll(
          type.validate(
              properties, Set.of(), path, inside -> template.locate(definition.name(), inside)));
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return properties;
  }

  private GraphWalker.Outcome converge(
      Node.Apply node,
      TemplateInstance template,
      ResourceDefinition definition,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties) {
    Set<String> dependencies = template.dependencies(definition.name());
    boolean created = existing.physicalId().isPresent();
    if (existing.action() == Action.INIT) {
      return changes.create(node, type, existing, properties, dependencies);
    }
    if (type.replacedByEveryUpdate() && isOfThisOperation(existing)) {
      return existing.status() == Status.COMPLETE
          ? changes.unchanged(template, existing)
          : changes.create(node, type, existing, properties, dependencies);
    }
    ResourceRecord seen = isToObserve(existing) ? observed(type, existing) : existing;
    Decision decision =
        Decisions.decide(
            seen,
            type,
            DecisionContext.real(scope.stack().project()),
            properties,
            Set.of(),
            facade(definition.name()));
    Optional<ResourceFailure> restriction = restriction(definition.name(), decision);
    // What this operation itself has begun it may end, also after a crash.
    if (restriction.isPresent() && !existing.operationId().equals(scope.operation().id())) {
      return scope.refused(existing, Action.UPDATE, restriction.get());
    }
    return switch (decision.kind()) {
      case REPLACE -> changes.replace(node, template, type, existing, properties, dependencies);
      case UPDATE ->
          created
              ? changes.update(node, type, seen, properties, dependencies)
              : changes.create(node, type, existing, properties, dependencies);
      case RESUME -> changes.resume(node, type, existing, properties, dependencies);
      case NONE ->
          isToLookInside(existing)
              ? changes.update(node, type, existing, properties, dependencies)
              : changes.unchanged(template, existing);
    };
  }

  /** Whether reality counts and is not known yet: once in an operation, before it touches it. */
  private boolean isToObserve(ResourceRecord existing) {
    return scope.operation().converge()
        && existing.status() == Status.COMPLETE
        && existing.action() != Action.SUSPEND
        && existing.physicalId().isPresent()
        && existing.nestedStackId().isEmpty()
        && !existing.operationId().equals(scope.operation().id());
  }

  /** The resource as somebody would mark it who looked at what is there. */
  private ResourceRecord observed(ResourceType type, ResourceRecord existing) {
    List<String> wrong = scope.observe(type, existing);
    if (wrong.isEmpty()) {
      return existing;
    }
    ResourceRecord marked =
        Records.of(existing)
            .state(Action.CHECK, Status.FAILED, String.join("; ", wrong))
            .operation("")
            .at(scope.now())
            .build();
    scope.journal().tell(marked);
    return marked;
  }

  /**
   * Nothing differs here, but something may in the stack inside, which has a snapshot too or is to
   * be looked at.
   */
  private boolean isToLookInside(ResourceRecord existing) {
    return (restored.containsKey(existing.name()) || scope.operation().converge())
        && existing.nestedStackId().isPresent()
        && !existing.operationId().equals(scope.operation().id());
  }

  /** Made by this very operation, before a crash. */
  private boolean isOfThisOperation(ResourceRecord existing) {
    return existing.action() == Action.CREATE
        && existing.status() != Status.FAILED
        && existing.operationId().equals(scope.operation().id());
  }

  private ResourceFacade facade(String name) {
    return Facades.of(target.orElseThrow(), name, scope.state());
  }

  private Optional<ResourceFailure> restriction(String name, Decision decision) {
    Optional<RestrictedAction> wanted =
        switch (decision.kind()) {
          case NONE, RESUME -> Optional.empty();
          case UPDATE -> Optional.of(RestrictedAction.UPDATE);
          case REPLACE -> Optional.of(RestrictedAction.REPLACE);
        };
    return wanted
        .filter(scope.types().restrictedActions(name)::contains)
        .map(
            action ->
                new ResourceFailure(
                    "ResourceActionRestricted",
                    "",
                    action.keyword() + " is restricted for resource."));
  }
}
