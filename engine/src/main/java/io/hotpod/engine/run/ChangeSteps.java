package io.hotpod.engine.run;

import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Facades;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.TemplateInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out what is to become of one resource of a converge: each change is written down with its
 * token before the outside world is touched, and attempted then.
 */
final class ChangeSteps {
  private final OperationScope scope;
  private final Optional<TemplateInstance> target;
  private final String definitionId;
  private final Breakpoints breakpoints;

  ChangeSteps(
      OperationScope scope,
      Optional<TemplateInstance> target,
      String definitionId,
      Breakpoints breakpoints) {
    this.scope = scope;
    this.target = target;
    this.definitionId = definitionId;
    this.breakpoints = breakpoints;
  }

  /** The record of an incarnation of which nothing is done yet. */
  ResourceRecord fresh(TemplateInstance template, ResourceDefinition definition, int incarnation) {
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
        Optional.empty(),
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

  GraphWalker.Outcome adopt(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceRecord begun = begin(type, existing, Action.ADOPT, properties, dependencies, List.of());
    return scope.attempt(
        node, begun, properties, facade(begun.name()), context -> Optional.of(type.adopt(context)));
  }

  /** Takes in what the stack did not make: its id is known, and it is never changed or deleted. */
  GraphWalker.Outcome external(
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
    scope.journal().begin(List.of(begun), Optional.empty(), begun, type.reachesOutside());
    return scope.attempt(
        node,
        begun,
        begun.properties(),
        facade(begun.name()),
        context -> Optional.of(type.adopt(context)));
  }

  GraphWalker.Outcome unchanged(TemplateInstance template, ResourceRecord existing) {
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

  GraphWalker.Outcome replace(
      Node.Apply node,
      TemplateInstance template,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceRecord successor =
        fresh(template, definition(existing), scope.state().nextIncarnation(node.name()));
    ResourceRecord old = Records.of(existing).replacedBy(successor.id()).build();
    scope.state().changed(old);
    scope.state().becomesCurrent(successor);
    return create(node, type, successor, properties, dependencies, List.of(old));
  }

  GraphWalker.Outcome create(
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
        begin(type, resource, Action.CREATE, properties, dependencies, alsoChanged);
    return scope.attempt(
        node,
        begun,
        properties,
        facade(begun.name()),
        context -> Optional.of(type.create(context)));
  }

  GraphWalker.Outcome update(
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
    ResourceRecord begun = begin(type, renewed, Action.UPDATE, properties, dependencies, List.of());
    return scope.attempt(
        node,
        begun,
        properties,
        facade(begun.name()),
        context -> Optional.of(type.update(context, existing)));
  }

  /** Brings back into use what nothing changed of; it is known as a resume, also after a crash. */
  GraphWalker.Outcome resume(
      Node.Apply node,
      ResourceType type,
      ResourceRecord existing,
      ObjectNode properties,
      Set<String> dependencies) {
    ResourceRecord begun =
        begin(type, existing, Action.RESUME, properties, dependencies, List.of());
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
            .type(definition(resource).type(), type.implementation())
            .state(action, Status.IN_PROGRESS, "state changed")
            .token(token)
            .properties(properties, scope.shown(type, properties))
            .requires(dependencies)
            .definition(definitionId)
            .operation(scope.operation().id())
            .notReplaced()
            .at(scope.now())
            .build();
    List<ResourceRecord> changed = new ArrayList<>(alsoChanged);
    changed.add(begun);
    scope.state().changed(begun);
    Optional<ResourceRecord> past =
        Optional.of(resource).filter(before -> !before.properties().equals(properties));
    scope.journal().begin(changed, past, begun, type.reachesOutside());
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

  private ResourceFacade facade(String name) {
    return Facades.of(target.orElseThrow(), name, scope.state());
  }

  private DecisionContext decisionContext() {
    return DecisionContext.real(scope.stack().project());
  }
}
