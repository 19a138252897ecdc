package io.hotpod.engine.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changed copies of stacks. */
public final class Stacks {
  /** Heat's {@code stack_action_timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  private Stacks() {}

  /** How long an operation on the stack may take. */
  public static Duration timeout(Stack stack) {
    return stack.timeout().orElse(DEFAULT_TIMEOUT);
  }

  public static Stack withStatus(Stack stack, Action action, Status status, String reason) {
    return new Stack(
        stack.id(),
        stack.project(),
        stack.name(),
        action,
        status,
        reason,
        stack.description(),
        stack.username(),
        stack.createdAt(),
        stack.updatedAt(),
        stack.deletedAt(),
        stack.timeout(),
        stack.disableRollback(),
        stack.tags(),
        stack.definitionId(),
        stack.previousDefinitionId(),
        stack.operationId(),
        stack.fence(),
        stack.nesting());
  }

  /** The stack as an operation on it has been accepted. */
  public static Stack started(Stack stack, Action action, String operationId, Instant now) {
    Stack begun =
        withStatus(stack, action, Status.IN_PROGRESS, "Stack %s started".formatted(action));
    return new Stack(
        begun.id(),
        begun.project(),
        begun.name(),
        begun.action(),
        begun.status(),
        begun.statusReason(),
        begun.description(),
        begun.username(),
        begun.createdAt(),
        Optional.of(now),
        begun.deletedAt(),
        begun.timeout(),
        begun.disableRollback(),
        begun.tags(),
        begun.definitionId(),
        begun.previousDefinitionId(),
        operationId,
        begun.fence(),
        begun.nesting());
  }

  /** The stack with another definition; the one before it is kept for a rollback. */
  public static Stack redefined(
      Stack stack,
      String definitionId,
      String description,
      Optional<String> previous,
      Optional<Duration> timeout,
      boolean disableRollback,
      List<String> tags) {
    return new Stack(
        stack.id(),
        stack.project(),
        stack.name(),
        stack.action(),
        stack.status(),
        stack.statusReason(),
        description,
        stack.username(),
        stack.createdAt(),
        stack.updatedAt(),
        stack.deletedAt(),
        timeout,
        disableRollback,
        tags,
        definitionId,
        previous,
        stack.operationId(),
        stack.fence(),
        stack.nesting());
  }

  /** The stack on its way back to a definition. */
  public static Stack rollingBack(Stack stack, String operationId, String target, Instant now) {
    Stack started = started(stack, Action.ROLLBACK, operationId, now);
    return redefined(
        started,
        target,
        stack.description(),
        Optional.empty(),
        stack.timeout(),
        stack.disableRollback(),
        stack.tags());
  }

  /** The stack with nothing left to roll back to. */
  public static Stack withoutPrevious(Stack stack) {
    return redefined(
        stack,
        stack.definitionId(),
        stack.description(),
        Optional.empty(),
        stack.timeout(),
        stack.disableRollback(),
        stack.tags());
  }

  /** The stack once nothing of it is left. */
  public static Stack deleted(Stack stack, Instant now) {
    return new Stack(
        stack.id(),
        stack.project(),
        stack.name(),
        stack.action(),
        stack.status(),
        stack.statusReason(),
        stack.description(),
        stack.username(),
        stack.createdAt(),
        stack.updatedAt(),
        Optional.of(now),
        stack.timeout(),
        stack.disableRollback(),
        stack.tags(),
        stack.definitionId(),
        stack.previousDefinitionId(),
        stack.operationId(),
        stack.fence(),
        stack.nesting());
  }
}
