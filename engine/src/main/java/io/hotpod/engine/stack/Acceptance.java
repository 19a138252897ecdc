package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.IdempotencyTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what a command decided durable, answers a repeated one as it was answered first, and gets
 * operations carried out. Thread-safe.
 */
final class Acceptance {
  private final Database database;
  private final OperationStarter starter;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;

  Acceptance(
      Database database,
      OperationStarter starter,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids) {
    this.database = database;
    this.starter = starter;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
  }

  /** What a transaction accepted; empty operation when there was nothing to do. */
  record Accepted(Stack stack, Optional<Operation> operation) {
    static Accepted nothing(Stack stack) {
      return new Accepted(stack, Optional.empty());
    }
  }

  Instant now() {
    return clock.instant();
  }

  String newId() {
    return ids.get();
  }

  Database database() {
    return database;
  }

  OperationStarter starter() {
    return starter;
  }

  /** An operation that nobody carries out yet. */
  Operation operation(
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

  /** Writes down that an operation begins, and queues it, in the transaction of the handle. */
  Accepted begin(Handle handle, Caller caller, Stack stack, Operation operation, Instant now) {
    return begin(handle, caller, stack, operation, Optional.empty(), now);
  }

  /**
   * The same, keeping an answer for a repeated request.
   *
   * @param answer empty where the stack is the answer
   */
  Accepted begin(
      Handle handle,
      Caller caller,
      Stack stack,
      Operation operation,
      Optional<ObjectNode> answer,
      Instant now) {
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
    remember(handle, caller, stack.id(), answer, now);
    starter.enqueue(handle, operation);
    return new Accepted(stack, Optional.of(operation));
  }

  /** Remembers what the caller's key led to. */
  static void remember(Handle handle, Caller caller, String stackId, Instant now) {
    remember(handle, caller, stackId, Optional.empty(), now);
  }

  private static void remember(
      Handle handle, Caller caller, String stackId, Optional<ObjectNode> answer, Instant now) {
    caller
        .idempotencyKey()
        .ifPresent(
            key ->
                IdempotencyTable.insert(
                    handle,
                    caller.project(),
                    key.key(),
                    key.requestDigest(),
                    stackId,
                    answer,
                    now));
  }

  /** Carries a change through, answering a key that was used already with what it led to. */
  Stack accept(Caller caller, Function<Handle, Accepted> change) {
    Accepted accepted =
        database
            .writer()
            .write(
                handle ->
                    answered(handle, caller)
                        .map(Accepted::nothing)
                        .orElseGet(() -> change.apply(handle)));
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
  Optional<Stack> answered(Caller caller) {
    return caller.idempotencyKey().isEmpty()
        ? Optional.empty()
        : database.read(handle -> answered(handle, caller));
  }

  /** The answer that was kept when the caller's key was used first. */
  Optional<ObjectNode> answer(Caller caller) {
    return caller.idempotencyKey().isEmpty()
        ? Optional.empty()
        : database.read(
            handle -> request(handle, caller).flatMap(IdempotencyTable.Answered::answer));
  }

  private static Optional<Stack> answered(Handle handle, Caller caller) {
    return request(handle, caller)
        .map(answered -> StackTable.find(handle, answered.stackId()).orElseThrow());
  }

  /** The request that the caller's key was used for; another than the present one is refused. */
  static Optional<IdempotencyTable.Answered> request(Handle handle, Caller caller) {
    return caller
        .idempotencyKey()
        .flatMap(
            key -> {
              Optional<IdempotencyTable.Answered> known =
                  IdempotencyTable.find(handle, caller.project(), key.key(), key.requestDigest());
              if (known.isPresent() && !known.get().same()) {
                throw new EngineException(
                    ErrorCode.IDEMPOTENCY_MISMATCH,
                    "The Idempotency-Key %s was used for another request; use a new key."
                        .formatted(key.key()));
              }
              return known;
            });
  }

  /** A live stack of the caller's project. */
  Stack require(Caller caller, String stackId) {
    return database.read(handle -> requireLive(handle, caller, stackId));
  }

  /** The same in a transaction. */
  static Stack requireLive(Handle handle, Caller caller, String stackId) {
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
