package io.hotpod.engine.stack;

import static io.hotpod.engine.stack.Action.ADOPT;
import static io.hotpod.engine.stack.Action.CHECK;
import static io.hotpod.engine.stack.Action.CREATE;
import static io.hotpod.engine.stack.Action.DELETE;
import static io.hotpod.engine.stack.Action.RESTORE;
import static io.hotpod.engine.stack.Action.RESUME;
import static io.hotpod.engine.stack.Action.ROLLBACK;
import static io.hotpod.engine.stack.Action.SNAPSHOT;
import static io.hotpod.engine.stack.Action.SUSPEND;
import static io.hotpod.engine.stack.Action.UPDATE;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which operation a stack takes in which state, where that leads, and the words for it. */
public final class StackTransitions {
  private static final Set<Status> ANY = EnumSet.allOf(Status.class);

  /** What can be asked of a stack that exists. */
  static final List<Action> REQUESTS =
      List.of(UPDATE, DELETE, SUSPEND, RESUME, CHECK, SNAPSHOT, RESTORE);

  /** What a stack can be doing or have done last. */
  static final List<Action> STATES =
      List.of(CREATE, ADOPT, UPDATE, ROLLBACK, SUSPEND, RESUME, CHECK, SNAPSHOT, RESTORE, DELETE);

  /**
   * A request that is refused.
   *
   * @param words with the request, the name and the state of the stack as 1$, 2$ and 3$
   */
  private record Refusal(
      Set<Action> requests, Set<Action> from, Set<Status> in, ErrorCode code, String words) {}

  /** The first that fits counts; what none fits is accepted and supersedes what runs. */
  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(
              EnumSet.of(SNAPSHOT),
              EnumSet.allOf(Action.class),
              EnumSet.of(Status.IN_PROGRESS),
              ErrorCode.ACTION_IN_PROGRESS,
              "Stack %2$s already has an action (%4$s) in progress."),
          new Refusal(
              EnumSet.of(UPDATE),
              EnumSet.of(SUSPEND),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "Updating a stack when it is suspended is not supported. Resume it first."),
          new Refusal(
              EnumSet.of(UPDATE),
              EnumSet.of(DELETE),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "Updating a stack when it is being deleted is not supported."),
          new Refusal(
              EnumSet.of(SUSPEND, RESUME, CHECK, SNAPSHOT, RESTORE),
              EnumSet.of(DELETE),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "%1$s of a stack that is being deleted is not supported."),
          new Refusal(
              EnumSet.of(CHECK),
              EnumSet.of(SUSPEND),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "Checking a stack when it is suspended is not supported. Resume it first."),
          new Refusal(
              EnumSet.of(SNAPSHOT, RESTORE),
              EnumSet.of(SUSPEND),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "%1$s of a stack that is suspended is not supported. Resume it first."),
          new Refusal(
              EnumSet.of(RESUME),
              EnumSet.complementOf(EnumSet.of(SUSPEND, RESUME, DELETE)),
              ANY,
              ErrorCode.NOT_SUPPORTED,
              "Resuming a stack that is not suspended is not supported: %2$s is %3$s."));

  private StackTransitions() {}

  /** Why a stack does not take a request in its state; empty when it does. */
  static Optional<EngineException> refusal(Action request, String name, Action action, Status in) {
    return REFUSALS.stream()
        .filter(each -> each.requests().contains(request))
        .filter(each -> each.from().contains(action) && each.in().contains(in))
        .findFirst()
        .map(
            each ->
                new EngineException(
                    each.code(), each.words().formatted(request, name, action + "_" + in, action)));
  }

  /**
   * Refuses what could only fail, or would lose from sight what state a stack is in.
   *
   * @throws EngineException when the stack does not take the request now
   */
  static void require(Action request, Stack stack) {
    refusal(request, stack.name(), stack.action(), stack.status())
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Whether a request has been fulfilled already, so that nothing is done. */
  static boolean isDone(Action request, Action action, Status in) {
    return (request == SUSPEND || request == RESUME) && action == request && in == Status.COMPLETE;
  }

  /** Whether somebody can end an operation before it has come to its end. */
  static boolean canBeCancelled(Action action, boolean withRollback) {
    return action == UPDATE || (action == CREATE && !withRollback);
  }

  /** Whether a failed operation leads to a rollback, where the stack wants one. */
  public static boolean rollsBack(Action action) {
    return action == CREATE || action == UPDATE || action == RESTORE;
  }
}
