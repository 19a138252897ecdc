package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Accepts operations: checks them, makes them durable, and hands them to be carried out. */
final class StackCommands {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,254}");

  private final TemplateTypes types;
  private final RequestedDefinitions requested;
  private final Acceptance acceptance;
  private final EngineLimits limits;

  StackCommands(
      TemplateTypes types,
      RequestedDefinitions requested,
      Acceptance acceptance,
      EngineLimits limits) {
    this.types = types;
    this.requested = requested;
    this.acceptance = acceptance;
    this.limits = limits;
  }

  Stack create(Caller caller, StackRequest request) {
    return create(caller, request, Action.CREATE, (definition, stackId, operation) -> List.of());
  }

  /**
   * Accepts a stack of what is there already.
   *
   * @param data as {@link StackExport} gives it
   */
  Stack adopt(Caller caller, StackRequest request, ObjectNode data) {
    return create(
        caller,
        request,
        Action.ADOPT,
        (definition, stackId, operation) ->
            new AdoptedResources(types.of(definition), acceptance::newId)
                .of(
                    data,
                    requested.instance(
                        definition, stackId, request.name().orElse(""), caller.project()),
                    stackId,
                    operation));
  }

  /** What a new stack begins with. */
  private interface Beginning {
    List<AdoptedResources.Adopted> resources(
        StackDefinition definition, String stackId, Operation operation);
  }

  private Stack create(Caller caller, StackRequest request, Action action, Beginning beginning) {
    String name = request.name().orElse("");
    requireValidName(name);
    Optional<Stack> repeated = acceptance.answered(caller);
    if (repeated.isPresent()) {
      return repeated.get();
    }
    String stackId = acceptance.newId();
    StackDefinition definition = requested.complete(request);
    Template template = requested.checked(definition, stackId, name, caller.project(), 0);
    return acceptance.accept(
        caller,
        handle -> {
          if (StackTable.findByName(handle, caller.project(), name).isPresent()) {
            throw new EngineException(
                ErrorCode.STACK_EXISTS, "The Stack (%s) already exists.".formatted(name));
          }
          requireRoom(StackTable.count(handle, caller.project()));
          Instant now = acceptance.now();
          Operation operation =
              acceptance.operation(
                  stackId, action, Optional.of(definition.id()), request.timeout(), now);
          Stack stack =
              new Stack(
                  stackId,
                  caller.project(),
                  name,
                  action,
                  Status.IN_PROGRESS,
                  "Stack %s started".formatted(action),
                  template.description(),
                  caller.user(),
                  now,
                  Optional.empty(),
                  Optional.empty(),
                  request.timeout(),
                  request.disableRollback().orElse(true),
                  request.tags().orElse(List.of()),
                  definition.id(),
                  Optional.empty(),
                  operation.id(),
                  0,
                  Optional.empty());
          DefinitionTable.insert(handle, definition);
          StackTable.insert(handle, stack);
          AdoptedResources.store(handle, beginning.resources(definition, stackId, operation));
          return acceptance.begin(handle, caller, stack, operation, now);
        });
  }

  private void requireRoom(int present) {
    if (present >= limits.stacksPerProject()) {
      throw new EngineException(
          ErrorCode.LIMIT_EXCEEDED,
          "Request limit exceeded: You have reached the maximum stacks per tenant, %d. Please delete some stacks."
              .formatted(limits.stacksPerProject()));
    }
  }

  static void requireValidName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          ErrorCode.VALIDATION_FAILED,
          "Invalid stack name %s must contain only alphanumeric or \"_-.\" characters, must start with alpha and must be 255 characters or less."
              .formatted(name));
    }
  }

  void update(Caller caller, String stackId, StackRequest request) {
    change(caller, stackId, request, false);
  }

  void patch(Caller caller, String stackId, StackRequest request) {
    change(caller, stackId, request, true);
  }

  private void change(Caller caller, String stackId, StackRequest request, boolean keep) {
    while (acceptance.answered(caller).isEmpty()) {
      Stack present = acceptance.require(caller, stackId);
      try {
        change(caller, present, request, keep);
        return;
      } catch (OvertakenException e) {
        // Somebody else's change came first, so this one is made from what that left.
      }
    }
  }

  private void change(Caller caller, Stack present, StackRequest request, boolean keep) {
    String stackId = present.id();
    StackTransitions.require(Action.UPDATE, present);
    StackDefinition definition = requested.changed(present, request, keep);
    Template template =
        requested.checked(
            definition, stackId, present.name(), caller.project(), Nesting.depth(present));
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          StackTransitions.require(Action.UPDATE, stack);
          if (keep && !stack.definitionId().equals(present.definitionId())) {
            throw new OvertakenException();
          }
          Instant now = acceptance.now();
          Optional<Duration> timeout = request.timeout().or(stack::timeout);
          Operation operation =
              acceptance
                  .operation(stackId, Action.UPDATE, Optional.of(definition.id()), timeout, now)
                  .converging(request.converge());
          Stack changed =
              Stacks.redefined(
                  Stacks.started(stack, Action.UPDATE, operation.id(), now),
                  definition.id(),
                  template.description(),
                  previous(stack),
                  timeout,
                  request.disableRollback().orElse(stack.disableRollback()),
                  request.tags().orElse(keep ? stack.tags() : List.of()));
          DefinitionTable.insert(handle, definition);
          StackTable.update(handle, changed, stack.fence());
          return acceptance.begin(handle, caller, changed, operation, now);
        });
  }

  /** What a failing change would return to. */
  static Optional<String> previous(Stack stack) {
    return stack.status() == Status.COMPLETE
        ? Optional.of(stack.definitionId())
        : stack.previousDefinitionId().or(() -> Optional.of(stack.definitionId()));
  }

  /** Accepts suspend, resume, check or delete. */
  void act(Caller caller, String stackId, Action action) {
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          if (StackTransitions.isDone(action, stack.action(), stack.status())) {
            return Acceptance.Accepted.nothing(stack);
          }
          StackTransitions.require(action, stack);
          Instant now = acceptance.now();
          Operation operation =
              acceptance.operation(stackId, action, Optional.empty(), stack.timeout(), now);
          Stack started = Stacks.started(stack, action, operation.id(), now);
          StackTable.update(handle, started, stack.fence());
          return acceptance.begin(handle, caller, started, operation, now);
        });
  }
}
