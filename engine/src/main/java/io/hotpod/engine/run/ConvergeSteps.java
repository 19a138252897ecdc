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
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.DeletionPolicy;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The steps that bring a stack in line with a target: create, update, replace, and remove what is
 * no longer wanted.
 */
final class ConvergeSteps {
  private final OperationScope scope;
  private final Optional<TemplateInstance> target;
  private final String definitionId;
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
    this.definitionId = definitionId;
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
                        planned.add(fresh(template, definition, 1));
                      }
                    }));
    planned.forEach(scope.state()::becomesCurrent);
    return planned;
  }

  private ResourceRecord fresh(
      TemplateInstance template, ResourceDefinition definition, int incarnation) {
    return new ResourceRecord(
        scope.newId(),
        scope.stack().id(),
        definition.name(),
        definition.type(),
        scope.types().get(definition.type(), definition.name()).implementation(),
        incarnation,
        Optional.empty(),
        Action.INIT,
        Status.COMPLETE,
        "",
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode(),
        template.dependencies(definition.name()),
        definitionId,
        scope.operation().id(),
        Optional.empty(),
        retains(template, definition.name()),
        scope.now(),
        scope.now());
  }

  private static boolean retains(TemplateInstance template, String name) {
    return template.deletionPolicy(name) == DeletionPolicy.RETAIN;
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
    TemplateInstance template = target.orElseThrow();
    ResourceDefinition definition = definition(template, node.name());
    ResourceRecord existing = scope.state().current(node.name()).orElseThrow();
    try {
      ResourceType type = scope.types().get(definition.type(), definition.name());
      Optional<String> externalId = template.externalId(definition.name());
      if (existing.action() != Action.INIT && existing.action() != Action.DELETE) {
        Decisions.requireSame(existing, externalId);
      }
      if (externalId.isPresent()) {
        return external(node, template, definition, type, existing, externalId.get());
      }
      ObjectNode properties = resolve(template, definition, type);
      ObjectNode snapshot = restored.get(node.name());
      if (snapshot != null) {
        type.restore(decisionContext(), properties, snapshot);
      }
      if (isToAdopt(existing)) {
        return adopt(node, type, existing, properties, template.dependencies(node.name()));
      }
      if (existing.action() == Action.INIT && scope.operation().action() == Action.ADOPT) {
        throw new ResourceFailure("Exception", "", "Resource ID was not provided.");
      }
      GraphWalker.Outcome outcome =
          converge(node, template, definition, type, existing, properties);
      if (outcome == GraphWalker.Outcome.DONE) {
        afterwards(node);
      }
      return outcome;
    } catch (StopSignal.Stopped | FencedException e) {
      return GraphWalker.Outcome.STOPPED;
    } catch (ResourceFailure | DocumentException e) {
      return scope.failed(
          node, scope.state().current(node.name()).orElseThrow(), begins(existing), e);
    } catch (RuntimeException e) {
      return scope.unexpected(
          node, scope.state().current(node.name()).orElseThrow(), begins(existing), e);
    }
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

  private DecisionContext decisionContext() {
    return DecisionContext.real(scope.stack().project());
  }

  /** What came with an adopted stack and is not taken in yet. */
  private static boolean isToAdopt(ResourceRecord existing) {
    return (existing.action() == Action.INIT && existing.physicalId().isPresent())
        || (existing.action() == Action.ADOPT && existing.status() == Status.IN_PROGRESS);
  }

  private GraphWalker.Outcome adopt(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceRecord begun =
        begin(
            definition(existing),
            type,
            existing,
            Action.ADOPT,
            properties,
            dependencies,
            List.of());
    return scope.attempt(
        node, begun, properties, facade(begun.name()), context -> Optional.of(type.adopt(context)));
  }

  /** Takes in what the stack did not make: its id is known, and it is never changed or deleted. */
  private GraphWalker.Outcome external(
      Node.Apply node,
      TemplateInstance template,
      ResourceDefinition definition,
      ResourceType type,
      ResourceRecord existing,
      String externalId) {
    if (existing.action() != Action.INIT
        && existing.action() != Action.DELETE
        && existing.status() == Status.COMPLETE) {
      return unchanged(template, existing);
    }
    ResourceRecord begun =
        Records.of(existing)
            .type(definition.type(), type.implementation())
            .physicalId(externalId)
            .state(Action.ADOPT, Status.IN_PROGRESS, "state changed")
            .requires(template.dependencies(definition.name()))
            .definition(definitionId)
            .operation(scope.operation().id())
            .retain(true)
            .at(scope.now())
            .build();
    scope.state().changed(begun);
    scope.journal().begin(List.of(begun), begun, type.reachesOutside());
    return scope.attempt(
        node,
        begun,
        begun.properties(),
        facade(begun.name()),
        context -> Optional.of(type.adopt(context)));
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
      return create(node, type, existing, properties, dependencies);
    }
    if (type.replacedByEveryUpdate() && isOfThisOperation(existing)) {
      return existing.status() == Status.COMPLETE
          ? unchanged(template, existing)
          : create(node, type, existing, properties, dependencies);
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
      case REPLACE -> replace(node, template, type, existing, properties, dependencies);
      case UPDATE ->
          created
              ? update(node, type, seen, properties, dependencies)
              : create(node, type, existing, properties, dependencies);
      case RESUME -> resume(node, type, existing, properties, dependencies);
      case NONE ->
          isToLookInside(existing)
              ? update(node, type, existing, properties, dependencies)
              : unchanged(template, existing);
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

  private GraphWalker.Outcome unchanged(TemplateInstance template, ResourceRecord existing) {
    ResourceRecord kept =
        Records.of(existing)
            .requires(template.dependencies(existing.name()))
            .retain(retains(template, existing.name()))
            .notReplaced()
            .build();
    if (!kept.equals(existing)) {
      scope.state().changed(kept);
      scope.journal().unchanged(kept);
    }
    return GraphWalker.Outcome.DONE;
  }

  private GraphWalker.Outcome replace(
      Node.Apply node,
      TemplateInstance template,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceDefinition definition = definition(template, node.name());
    ResourceRecord successor =
        fresh(template, definition, scope.state().nextIncarnation(node.name()));
    ResourceRecord old = Records.of(existing).replacedBy(successor.id()).build();
    scope.state().changed(old);
    scope.state().becomesCurrent(successor);
    return create(node, type, successor, properties, dependencies, List.of(old));
  }

  private GraphWalker.Outcome create(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    return create(node, type, existing, properties, dependencies, List.of());
  }

  private GraphWalker.Outcome create(
      Node.Apply node,
      ResourceType type,
      ResourceRecord resource,
      ObjectNode properties,
      Set<String> dependencies,
      List<ResourceRecord> alsoChanged) {
    breakpoints.before(resource, Action.CREATE);
    ResourceRecord begun =
        begin(
            definition(resource),
            type,
            resource,
            Action.CREATE,
            properties,
            dependencies,
            alsoChanged);
    return scope.attempt(
        node,
        begun,
        properties,
        facade(begun.name()),
        context -> Optional.of(type.create(context)));
  }

  private GraphWalker.Outcome update(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    breakpoints.before(existing, Action.UPDATE);
    // Once it is begun, the mark is gone, and a repeated step goes on with this incarnation.
    ResourceRecord renewed =
        existing.isMarkedUnhealthy()
            ? Records.of(existing).incarnation(scope.state().nextIncarnation(node.name())).build()
            : existing;
    ResourceRecord begun =
        begin(
            definition(existing),
            type,
            renewed,
            Action.UPDATE,
            properties,
            dependencies,
            List.of());
    return scope.attempt(
        node,
        begun,
        properties,
        facade(begun.name()),
        context -> Optional.of(type.update(context, existing)));
  }

  /** Brings back into use what nothing changed of; it is known as a resume, also after a crash. */
  private GraphWalker.Outcome resume(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceRecord begun =
        begin(
            definition(existing),
            type,
            existing,
            Action.RESUME,
            properties,
            dependencies,
            List.of());
    return scope.attempt(
        node,
        begun,
        properties,
        facade(begun.name()),
        context -> {
          if (existing.nestedStackId().isPresent()) {
            // Perhaps only some of what is inside is out of use, or nothing.
            return Optional.of(type.update(context, existing));
          }
          type.resume(context);
          return Optional.empty();
        });
  }

  private ResourceDefinition definition(ResourceRecord resource) {
    return Optional.ofNullable(target.orElseThrow().resources().get(resource.name())).orElseThrow();
  }

  private ResourceRecord begin(
      ResourceDefinition definition,
      ResourceType type,
      ResourceRecord resource,
      Action action,
      ObjectNode properties,
      Set<String> dependencies,
      List<ResourceRecord> alsoChanged) {
    ModificationToken token = token(type, resource, action, properties);
    Records changing = Records.of(resource);
    type.chosenPhysicalId(resource.id()).ifPresent(changing::physicalId);
    ResourceRecord begun =
        changing
            .type(definition.type(), type.implementation())
            .state(action, Status.IN_PROGRESS, "state changed")
            .token(token)
            .properties(properties)
            .requires(dependencies)
            .definition(definitionId)
            .operation(scope.operation().id())
            .notReplaced()
            .at(scope.now())
            .build();
    List<ResourceRecord> changed = new ArrayList<>(alsoChanged);
    changed.add(begun);
    scope.state().changed(begun);
    scope.journal().begin(changed, begun, type.reachesOutside());
    return begun;
  }

  /** Names the modification; one that was begun under another name keeps it. */
  private ModificationToken token(
      ResourceType type, ResourceRecord resource, Action action, ObjectNode properties) {
    JsonNode content = type.content(decisionContext(), properties);
    ModificationToken own = scope.journal().token(resource, content);
    if (action == Action.ADOPT) {
      return type.adoptedToken(decisionContext(), resource, properties).orElse(own);
    }
    return resource
        .token()
        .filter(present -> !resource.isMarkedUnhealthy())
        .filter(present -> !present.equals(own))
        .filter(present -> content.equals(contentBefore(type, resource)))
        .orElse(own);
  }

  private JsonNode contentBefore(ResourceType type, ResourceRecord resource) {
    try {
      return type.content(decisionContext(), resource.properties());
    } catch (ResourceFailure e) {
      // What it was made of is not there any more, so it is not the same.
      return JsonNodeFactory.instance.nullNode();
    }
  }

  /** Makes a physical resource go that the target has no use for. */
  GraphWalker.Outcome clean(Node.Clean node) {
    Optional<ResourceRecord> found = scope.state().byId(node.resourceId());
    if (found.isEmpty() || isWanted(found.get())) {
      return GraphWalker.Outcome.DONE;
    }
    ResourceRecord resource = found.get();
    try {
      return remove(node, resource);
    } catch (StopSignal.Stopped | FencedException e) {
      return GraphWalker.Outcome.STOPPED;
    } catch (ResourceFailure e) {
      return scope.failed(node, resource, Action.DELETE, e);
    } catch (RuntimeException e) {
      return scope.unexpected(node, resource, Action.DELETE, e);
    }
  }

  private GraphWalker.Outcome remove(Node.Clean node, ResourceRecord resource) {
    if (!resource.isUntouched()) {
      breakpoints.before(resource, Action.DELETE);
    }
    ResourceRecord begun =
        Records.of(resource)
            .state(Action.DELETE, Status.IN_PROGRESS, "state changed")
            // What was never taken in is not the stack's to delete.
            .retain(
                resource.retain()
                    || (resource.action() == Action.ADOPT && resource.status() != Status.COMPLETE))
            .operation(scope.operation().id())
            .at(scope.now())
            .build();
    scope.state().changed(begun);
    if (resource.isUntouched()) {
      return scope.gone(node, begun);
    }
    ResourceType type = scope.types().of(resource);
    scope.journal().begin(List.of(begun), begun, type.reachesOutside());
    if (begun.retain()) {
      return scope.gone(node, begun);
    }
    return scope.attempt(
        node,
        begun,
        resource.properties(),
        context -> {
          type.delete(context);
          // It counts as gone when the operation may go on, so a crash finds the breakpoint again.
          breakpoints.after(begun, Action.DELETE);
          return Optional.empty();
        });
  }

  private boolean isWanted(ResourceRecord resource) {
    return scope.state().isCurrent(resource)
        && target.map(template -> template.resources().containsKey(resource.name())).orElse(false);
  }
}
