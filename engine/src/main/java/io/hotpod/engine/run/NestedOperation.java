package io.hotpod.engine.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.resource.NestedStacks;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.AdoptedResources;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.Stacks;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SnapshotTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Template;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation on the stack inside one resource, as part of a step. Its id follows from the outer
 * operation, the resource and what is done, so a step that is repeated after a crash finds the
 * operation that it began before, and nothing is done twice. It has no place in the queue: whoever
 * owns the outer operation owns it.
 */
final class NestedOperation implements NestedStacks {
  /** How what is kept of the resource names the snapshot of its stack. */
  private static final String SNAPSHOT_ID = "snapshot_id";

  private static final String DATA = "data";

  private final NestedOperations parts;
  private final OperationScope scope;
  private final ResourceRecord resource;

  NestedOperation(NestedOperations parts, OperationScope scope, ResourceRecord resource) {
    this.parts = parts;
    this.scope = scope;
    this.resource = resource;
  }

  @Override
  public void converge(StackDefinition wanted) {
    StackDefinition definition = named(wanted);
    bring(convergeId(definition.id()), Action.UPDATE, definition, (handle, operation, stack) -> {});
  }

  private StackDefinition named(StackDefinition wanted) {
    return new StackDefinition(
        id("definition " + parts.database().digests().digest("definition", wanted.template())),
        wanted.templateName(),
        wanted.template(),
        wanted.files(),
        wanted.environment(),
        wanted.facade());
  }

  @Override
  public void adopt(StackDefinition wanted) {
    StackDefinition definition = named(wanted);
    bring(
        id("adopt " + definition.id()),
        Action.ADOPT,
        definition,
        (handle, operation, stack) -> {
          // Otherwise an earlier operation has, and this one goes on with what it brought.
          if (ResourceTable.ofStack(handle, stack.id()).isEmpty()) {
            takeIn(handle, definition, operation, stack);
          }
        });
  }

  private void takeIn(Handle handle, StackDefinition definition, Operation operation, Stack stack) {
    try {
      AdoptedResources.store(
          handle,
          new AdoptedResources(parts.types().of(definition), parts.ids())
              .of(
                  AdoptedResources.inside(resource),
                  parts.definitions().instantiate(definition, stack),
                  stack.id(),
                  operation));
    } catch (EngineException e) {
      throw new ResourceFailure(String.valueOf(e.getMessage()));
    }
  }

  /** What is written with an operation, after it. */
  private interface Also {
    void write(Handle handle, Operation operation, Stack stack);
  }

  /**
   * Brings the stack to a definition, by one operation.
   *
   * @param action on a stack that is there
   * @param also written with the operation
   */
  private void bring(String operationId, Action action, StackDefinition definition, Also also) {
    Template template = parts.definitions().parse(definition);
    Nesting nesting = Nesting.inside(scope.stack(), resource.name());
    if (nesting.depth() > parts.deepest()) {
      throw new ResourceFailure(
          "RequestLimitExceeded", "", "Recursion depth exceeds %d.".formatted(parts.deepest()));
    }
    carryOut(
        operationId,
        handle -> {
          Optional<Stack> known = StackTable.find(handle, resource.id());
          Optional<Stack> present = known.filter(stack -> stack.deletedAt().isEmpty());
          Action done = present.isPresent() || action != Action.UPDATE ? action : Action.CREATE;
          Operation operation = operation(operationId, done, Optional.of(definition.id()));
          DefinitionTable.insert(handle, definition);
          if (present.isPresent()) {
            Stack before = present.get();
            Stack after =
                Stacks.redefined(
                    Stacks.started(before, done, operationId, scope.now()),
                    definition.id(),
                    template.description(),
                    Optional.of(before.definitionId()),
                    scope.stack().timeout(),
                    true,
                    before.tags());
            save(handle, before, after, operation);
            also.write(handle, operation, after);
          } else {
            long fence = known.map(Stack::fence).orElse(0L);
            Stack stack = newStack(definition, template.description(), nesting, operation, fence);
            if (known.isPresent()) {
              // Somebody deleted it behind the outer stack's back; it comes back under its id.
              save(handle, known.get(), stack, operation);
            } else {
              StackTable.insert(handle, stack);
              begin(handle, stack, operation);
            }
            also.write(handle, operation, stack);
          }
          return Optional.of(operation);
        });
  }

  @Override
  public ObjectNode snapshot() {
    String operationId = id(Action.SNAPSHOT.name());
    String snapshotId = id("snapshot");
    carryOut(
        operationId,
        handle -> {
          Stack stack = requireStack(handle);
          SnapshotTable.insertInside(
              handle,
              new Snapshot(
                  snapshotId,
                  stack.id(),
                  Optional.empty(),
                  Status.IN_PROGRESS,
                  "Stack SNAPSHOT started",
                  stack.definitionId(),
                  operationId,
                  JsonNodeFactory.instance.objectNode(),
                  scope.now()),
              scope.operation().id());
          return Optional.of(start(handle, stack, Action.SNAPSHOT, operationId));
        });
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put(SNAPSHOT_ID, snapshotId);
    kept.set(DATA, resource.data());
    return kept;
  }

  /** A part of the snapshot that the outer operation restores. */
  private record Part(Snapshot snapshot, StackDefinition definition, ObjectNode data) {}

  @Override
  public Optional<ObjectNode> restore() {
    Optional<Part> part = parts.database().read(this::part);
    part.ifPresent(
        found ->
            bring(
                id("restore " + found.snapshot().id()),
                Action.RESTORE,
                found.definition(),
                (handle, operation, stack) ->
                    SnapshotTable.restoring(
                        handle, found.snapshot().id(), id("restore " + found.snapshot().id()))));
    return part.map(Part::data);
  }

  private Optional<Part> part(Handle handle) {
    if (scope.operation().action() != Action.RESTORE) {
      return Optional.empty();
    }
    Optional<ObjectNode> kept =
        Optional.ofNullable(
            SnapshotTable.restored(handle, scope.operation().id()).get(resource.name()));
    return kept.flatMap(
        data ->
            SnapshotTable.findInside(handle, data.path(SNAPSHOT_ID).asString(""))
                .map(
                    snapshot ->
                        new Part(
                            snapshot,
                            DefinitionTable.find(handle, snapshot.definitionId()).orElseThrow(),
                            data.withObject(DATA))));
  }

  private String convergeId(String definitionId) {
    return id("converge " + definitionId);
  }

  @Override
  public boolean goOn() {
    Optional<Operation> last =
        parts
            .database()
            .read(
                handle ->
                    StackTable.find(handle, resource.id())
                        .flatMap(stack -> OperationTable.find(handle, stack.operationId())));
    Optional<String> own =
        last.filter(
                operation ->
                    operation
                        .definitionId()
                        .filter(id -> convergeId(id).equals(operation.id()))
                        .isPresent())
            .map(Operation::id);
    own.ifPresent(id -> carryOut(id, handle -> Optional.empty()));
    return own.isPresent();
  }

  private Stack newStack(
      StackDefinition definition,
      String description,
      Nesting nesting,
      Operation operation,
      long fence) {
    return new Stack(
        resource.id(),
        scope.stack().project(),
        NestedNames.of(scope.stack().name(), resource.name(), resource.id()),
        operation.action(),
        Status.IN_PROGRESS,
        "Stack %s started".formatted(operation.action()),
        description,
        scope.stack().username(),
        operation.acceptedAt(),
        Optional.empty(),
        Optional.empty(),
        scope.stack().timeout(),
        // The outermost stack rolls back the whole tree, or nothing does.
        true,
        List.of(),
        definition.id(),
        Optional.empty(),
        operation.id(),
        fence,
        Optional.of(nesting));
  }

  @Override
  public void act(Action action) {
    String operationId = id(action.name());
    carryOut(
        operationId,
        handle -> {
          Stack stack = requireStack(handle);
          boolean done =
              action != Action.CHECK
                  && stack.action() == action
                  && stack.status() == Status.COMPLETE;
          return done ? Optional.empty() : Optional.of(start(handle, stack, action, operationId));
        });
  }

  private Stack requireStack(Handle handle) {
    return StackTable.find(handle, resource.id())
        .filter(found -> found.deletedAt().isEmpty())
        .orElseThrow(() -> new ResourceFailure("the stack inside is not there"));
  }

  @Override
  public void delete() {
    String operationId = id(Action.DELETE.name());
    carryOut(
        operationId,
        handle ->
            StackTable.find(handle, resource.id())
                .filter(found -> found.deletedAt().isEmpty())
                .map(stack -> start(handle, stack, Action.DELETE, operationId)));
  }

  private Operation start(Handle handle, Stack stack, Action action, String operationId) {
    Operation operation = operation(operationId, action, Optional.empty());
    save(handle, stack, Stacks.started(stack, action, operationId, scope.now()), operation);
    return operation;
  }

  private void save(Handle handle, Stack before, Stack after, Operation operation) {
    StackTable.update(handle, after, before.fence());
    // Whoever ran the one before may have died over it; nobody else would ever end it.
    OperationTable.find(handle, before.operationId())
        .filter(last -> !last.state().isOver())
        .ifPresent(last -> OperationEnd.supersede(handle, last.id(), operation.acceptedAt()));
    begin(handle, after, operation);
  }

  private void begin(Handle handle, Stack stack, Operation operation) {
    OperationTable.insert(handle, operation);
    EventTable.insert(
        handle,
        Journal.stackEvent(
            parts.ids().get(),
            stack,
            operation.action(),
            Status.IN_PROGRESS,
            "Stack %s started".formatted(operation.action()),
            operation.acceptedAt()));
  }

  private Operation operation(String id, Action action, Optional<String> definitionId) {
    Instant now = parts.clock().instant();
    return new Operation(
        id,
        resource.id(),
        action,
        Operation.State.ACCEPTED,
        definitionId,
        now,
        now.plus(scope.timeLeft()),
        scope.operation().converge());
  }

  /** The same for the same work of the same outer operation, whoever asks and how often. */
  private String id(String what) {
    String name = scope.operation().id() + "/" + resource.id() + "/" + what;
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }

  /**
   * Begins an operation, unless an earlier try of this step did, and sees it through.
   *
   * @param begin writes the operation; empty when there is nothing to do
   */
  private void carryOut(String operationId, Function<Handle, Optional<Operation>> begin) {
    Optional<Operation> operation =
        scope
            .journal()
            .change(
                handle -> OperationTable.find(handle, operationId).or(() -> begin.apply(handle)));
    if (operation.isPresent()) {
      boolean ended =
          operation.get().state().isOver()
              || parts.execution().execute(operation.get(), scope.stop(), scope.secrets());
      if (!ended) {
        throw new StopSignal.Stopped();
      }
      judge(operationId);
    }
  }

  private record Outcome(Operation.State state, Stack stack) {}

  private void judge(String operationId) {
    Outcome outcome =
        parts
            .database()
            .read(
                handle ->
                    new Outcome(
                        OperationTable.find(handle, operationId).orElseThrow().state(),
                        StackTable.find(handle, resource.id()).orElseThrow()));
    switch (outcome.state()) {
      case COMPLETE -> {}
      case FAILED -> throw ResourceFailure.inside(outcome.stack().statusReason());
      case ACCEPTED, CANCELLED -> throw new StopSignal.Stopped();
      case SUPERSEDED -> {
        if (scope.stop().isStopped()) {
          throw new StopSignal.Stopped();
        }
        throw new ResourceFailure(
            "another operation took over the stack inside, %s; update again when that has ended"
                .formatted(outcome.stack().name()));
      }
    }
  }
}
