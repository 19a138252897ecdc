package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.Planner;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.IdempotencyTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentLayers;
import io.hotpod.template.environment.ParameterTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Accepts operations: checks them, makes them durable, and hands them to be carried out. */
final class StackCommands {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,254}");

  private final Database database;
  private final TemplateTypes types;
  private final Definitions definitions;
  private final DefinitionChecker checker;
  private final OperationStarter starter;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;

  StackCommands(
      Database database,
      TemplateTypes types,
      Definitions definitions,
      OperationStarter starter,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids) {
    this.database = database;
    this.types = types;
    this.definitions = definitions;
    this.checker = new DefinitionChecker(definitions, types);
    this.starter = starter;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
  }

  /** What a transaction accepted; empty operation when there was nothing to do. */
  private record Accepted(Stack stack, Optional<Operation> operation) {}

  Stack create(Caller caller, StackRequest request) {
    String name = request.name().orElse("");
    requireValidName(name);
    Optional<Stack> repeated = database.read(handle -> answered(handle, caller));
    if (repeated.isPresent()) {
      return repeated.get();
    }
    String stackId = ids.get();
    StackDefinition definition =
        newDefinition(request, request.template().orElseThrow(this::noTemplate));
    Template template = checked(definition, stackId, name, caller.project(), 0);
    return accept(
        handle -> {
          Optional<Stack> answered = answered(handle, caller);
          if (answered.isPresent()) {
            return new Accepted(answered.get(), Optional.empty());
          }
          if (StackTable.findByName(handle, caller.project(), name).isPresent()) {
            throw new EngineException(
                ErrorCode.STACK_EXISTS, "The Stack (%s) already exists.".formatted(name));
          }
          Instant now = clock.instant();
          Operation operation =
              operation(
                  stackId, Action.CREATE, Optional.of(definition.id()), request.timeout(), now);
          Stack stack =
              new Stack(
                  stackId,
                  caller.project(),
                  name,
                  Action.CREATE,
                  Status.IN_PROGRESS,
                  "Stack CREATE started",
                  template.description(),
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
          return begin(handle, caller, stack, operation, now);
        });
  }

  private static void requireValidName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          ErrorCode.VALIDATION_FAILED,
          "Invalid stack name %s must contain only alphanumeric or \"_-.\" characters, must start with alpha and must be 255 characters or less."
              .formatted(name));
    }
  }

  private EngineException noTemplate() {
    return new EngineException(ErrorCode.VALIDATION_FAILED, "No template specified");
  }

  void update(Caller caller, String stackId, StackRequest request) {
    change(caller, stackId, request, false);
  }

  void patch(Caller caller, String stackId, StackRequest request) {
    change(caller, stackId, request, true);
  }

  private void change(Caller caller, String stackId, StackRequest request, boolean keep) {
    if (database.read(handle -> answered(handle, caller)).isPresent()) {
      return;
    }
    Stack present = require(caller, stackId);
    requireUpdatable(present);
    StackDefinition definition = changedDefinition(present, request, keep);
    Template template =
        checked(definition, stackId, present.name(), caller.project(), depth(present));
    accept(
        handle -> {
          Optional<Stack> answered = answered(handle, caller);
          if (answered.isPresent()) {
            return new Accepted(answered.get(), Optional.empty());
          }
          Stack stack = requireLive(handle, caller, stackId);
          requireUpdatable(stack);
          Instant now = clock.instant();
          Optional<Duration> timeout = request.timeout().or(stack::timeout);
          Operation operation =
              operation(stackId, Action.UPDATE, Optional.of(definition.id()), timeout, now);
          Optional<String> previous =
              stack.status() == Status.COMPLETE
                  ? Optional.of(stack.definitionId())
                  : stack.previousDefinitionId().or(() -> Optional.of(stack.definitionId()));
          Stack changed =
              Stacks.redefined(
                  Stacks.started(stack, Action.UPDATE, operation.id(), now),
                  definition.id(),
                  template.description(),
                  previous,
                  timeout,
                  request.disableRollback().orElse(stack.disableRollback()),
                  request.tags().orElse(keep ? stack.tags() : List.of()));
          DefinitionTable.insert(handle, definition);
          StackTable.update(handle, changed, stack.fence());
          return begin(handle, caller, changed, operation, now);
        });
  }

  private static void requireUpdatable(Stack stack) {
    if (stack.action() == Action.SUSPEND || stack.action() == Action.DELETE) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          stack.action() == Action.SUSPEND
              ? "Updating a stack when it is suspended is not supported. Resume it first."
              : "Updating a stack when it is being deleted is not supported.");
    }
  }

  /** Accepts suspend, resume, check or delete. */
  void act(Caller caller, String stackId, Action action) {
    accept(
        handle -> {
          Optional<Stack> answered = answered(handle, caller);
          if (answered.isPresent()) {
            return new Accepted(answered.get(), Optional.empty());
          }
          Stack stack = requireLive(handle, caller, stackId);
          boolean done =
              (action == Action.SUSPEND || action == Action.RESUME)
                  && stack.action() == action
                  && stack.status() == Status.COMPLETE;
          if (done) {
            return new Accepted(stack, Optional.empty());
          }
          if (action != Action.DELETE && stack.action() == Action.DELETE) {
            throw new EngineException(
                ErrorCode.NOT_SUPPORTED,
                "%s of a stack that is being deleted is not supported.".formatted(action));
          }
          requireSensible(stack, action);
          Instant now = clock.instant();
          Operation operation = operation(stackId, action, Optional.empty(), stack.timeout(), now);
          Stack started = Stacks.started(stack, action, operation.id(), now);
          StackTable.update(handle, started, stack.fence());
          return begin(handle, caller, started, operation, now);
        });
  }

  /** Refuses what could only fail, or would lose from sight that the stack is suspended. */
  private static void requireSensible(Stack stack, Action action) {
    boolean suspended = stack.action() == Action.SUSPEND;
    if (action == Action.CHECK && suspended) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          "Checking a stack when it is suspended is not supported. Resume it first.");
    }
    if (action == Action.RESUME && !suspended && stack.action() != Action.RESUME) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          "Resuming a stack that is not suspended is not supported: %s is %s."
              .formatted(stack.name(), stack.combinedStatus()));
    }
  }

  void cancelUpdate(Caller caller, String stackId) {
    accept(
        handle -> {
          Stack stack = requireLive(handle, caller, stackId);
          if (stack.action() != Action.UPDATE || stack.status() != Status.IN_PROGRESS) {
            throw new EngineException(
                ErrorCode.NOT_SUPPORTED,
                "Cancelling update when stack is %s is not supported."
                    .formatted(stack.combinedStatus()));
          }
          Instant now = clock.instant();
          Operation operation =
              operation(
                  stackId, Action.ROLLBACK, stack.previousDefinitionId(), stack.timeout(), now);
          Stack back = Stacks.rollingBack(stack, operation.id(), stack.previousDefinitionId(), now);
          StackTable.update(handle, back, stack.fence());
          return begin(handle, caller, back, operation, now);
        });
  }

  Plan previewCreate(Caller caller, StackRequest request) {
    String name = request.name().orElse("preview");
    requireValidName(name);
    if (database.read(
        handle -> StackTable.findByName(handle, caller.project(), name).isPresent())) {
      throw new EngineException(
          ErrorCode.STACK_EXISTS, "The Stack (%s) already exists.".formatted(name));
    }
    StackDefinition definition =
        newDefinition(request, request.template().orElseThrow(this::noTemplate));
    String stackId = ids.get();
    return plan(caller, stackId, name, definition, List.of(), 0);
  }

  Plan previewChange(Caller caller, String stackId, StackRequest request, boolean keep) {
    Stack stack = require(caller, stackId);
    requireUpdatable(stack);
    StackDefinition definition = changedDefinition(stack, request, keep);
    List<ResourceRecord> resources =
        database.read(handle -> ResourceTable.ofStack(handle, stackId));
    return plan(caller, stackId, stack.name(), definition, resources, depth(stack));
  }

  private Plan plan(
      Caller caller,
      String stackId,
      String name,
      StackDefinition definition,
      List<ResourceRecord> resources,
      int depth) {
    return refusing(
        () -> {
          TemplateInstance target = instance(definition, stackId, name, caller.project());
          checker.check(definition, target, depth);
          return new Planner(definitions, types, caller.project(), this::resources)
              .plan(definition, target, stackId, resources);
        });
  }

  private List<ResourceRecord> resources(String stackId) {
    return database.read(handle -> ResourceTable.ofStack(handle, stackId));
  }

  private static int depth(Stack stack) {
    return stack.nesting().map(Nesting::depth).orElse(0);
  }

  Template validate(StackRequest request) {
    StackDefinition definition =
        newDefinition(request, request.template().orElseThrow(this::noTemplate));
    return refusing(() -> definitions.parse(definition));
  }

  private TemplateInstance instance(
      StackDefinition definition, String stackId, String name, String project) {
    return definitions.instantiate(
        definition, definitions.parameters(definition, stackId, name, project));
  }

  private Template checked(
      StackDefinition definition, String stackId, String name, String project, int depth) {
    return refusing(
        () -> {
          checker.check(definition, instance(definition, stackId, name, project), depth);
          return definitions.parse(definition);
        });
  }

  private static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (NestingLimitException e) {
      throw new EngineException(ErrorCode.LIMIT_EXCEEDED, e);
    } catch (DocumentException e) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, e);
    }
  }

  private StackDefinition newDefinition(StackRequest request, String template) {
    TemplateSource source = new TemplateSource(request.templateName(), template, request.files());
    return new StackDefinition(
        ids.get(),
        request.templateName(),
        template,
        request.files(),
        refusing(() -> merged(request.environment(), source)));
  }

  private Environment merged(EnvironmentLayers layers, TemplateSource template) {
    return layers.merged(
        layers.needsTypes() ? ParameterTypes.of(definitions.parse(template)) : Map.of());
  }

  private StackDefinition changedDefinition(Stack stack, StackRequest request, boolean keep) {
    if (!keep) {
      return newDefinition(request, request.template().orElseThrow(this::noTemplate));
    }
    StackDefinition present =
        database.read(handle -> DefinitionTable.find(handle, stack.definitionId()).orElseThrow());
    Map<String, String> files = new LinkedHashMap<>(present.files());
    files.putAll(request.files());
    String text = request.template().orElse(present.template());
    Template template =
        refusing(() -> definitions.parse(new TemplateSource(request.templateName(), text, files)));
    Environment given = refusing(() -> merged(request.environment(), template.source()));
    Map<String, JsonNode> parameters = new LinkedHashMap<>(present.environment().parameters());
    parameters.keySet().removeAll(request.clearParameters());
    parameters.keySet().retainAll(template.parameters().keySet());
    parameters.putAll(given.parameters());
    return new StackDefinition(
        ids.get(),
        request.template().isPresent() ? request.templateName() : present.templateName(),
        text,
        files,
        present.environment().with(given).withParameters(parameters),
        present.facade());
  }

  private Operation operation(
      String stackId,
      Action action,
      Optional<String> definitionId,
      Optional<Duration> timeout,
      Instant now) {
    return new Operation(
        ids.get(),
        stackId,
        action,
        Operation.State.ACCEPTED,
        definitionId,
        now,
        now.plus(timeout.orElse(Stacks.DEFAULT_TIMEOUT)));
  }

  private Accepted begin(
      Handle handle, Caller caller, Stack stack, Operation operation, Instant now) {
    OperationTable.insert(handle, operation);
    EventTable.insert(
        handle,
        new Event(
            ids.get(),
            0,
            stack.id(),
            now,
            stack.name(),
            Event.STACK_TYPE,
            stack.id(),
            stack.action(),
            Status.IN_PROGRESS,
            "Stack %s started".formatted(stack.action())));
    caller
        .idempotencyKey()
        .ifPresent(
            key ->
                IdempotencyTable.insert(
                    handle,
                    caller.project(),
                    key.key(),
                    new IdempotencyTable.Answered(key.requestDigest(), stack.id()),
                    now));
    starter.enqueue(handle, operation);
    return new Accepted(stack, Optional.of(operation));
  }

  private Stack accept(Function<Handle, Accepted> change) {
    Accepted accepted = database.writer().write(change);
    accepted
        .operation()
        .ifPresent(
            operation -> {
              wakeups.wake(Topics.events(operation.stackId()));
              starter.accepted(operation);
            });
    return accepted.stack();
  }

  /** The stack that the caller's key already led to. */
  private static Optional<Stack> answered(Handle handle, Caller caller) {
    return caller
        .idempotencyKey()
        .flatMap(
            key ->
                IdempotencyTable.find(handle, caller.project(), key.key())
                    .map(
                        answered -> {
                          if (!answered.requestDigest().equals(key.requestDigest())) {
                            throw new EngineException(
                                ErrorCode.IDEMPOTENCY_MISMATCH,
                                "The Idempotency-Key %s was used for another request; use a new key."
                                    .formatted(key.key()));
                          }
                          return StackTable.find(handle, answered.stackId()).orElseThrow();
                        }));
  }

  private Stack require(Caller caller, String stackId) {
    return database.read(handle -> requireLive(handle, caller, stackId));
  }

  private static Stack requireLive(Handle handle, Caller caller, String stackId) {
    return StackTable.find(handle, stackId)
        .filter(stack -> stack.project().equals(caller.project()))
        .filter(stack -> stack.deletedAt().isEmpty())
        .orElseThrow(() -> notFound(stackId));
  }

  static EngineException notFound(String nameOrId) {
    return new EngineException(
        ErrorCode.STACK_NOT_FOUND, "The Stack (%s) could not be found.".formatted(nameOrId));
  }
}
