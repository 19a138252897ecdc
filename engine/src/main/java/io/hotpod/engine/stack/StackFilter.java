package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which stacks of a project to list, and in what order. Values within one filter are alternatives;
 * empty means all.
 *
 * @param states statuses, each of any action or of one
 * @param reasons the whole reason of the status
 * @param usernames of those who created them
 * @param owners ids of stacks; only those inside their resources
 * @param timeouts that operations have
 * @param rollbackDisabled whether a failure is left as it is
 * @param showNested whether stacks inside resources of others are listed at all
 * @param limit at most that many
 * @param marker only those after the stack of this id, in the order asked for
 */
public record StackFilter(
    Set<String> ids,
    Set<String> names,
    Set<Action> actions,
    Set<State> states,
    Set<String> reasons,
    TagFilter tags,
    Set<String> usernames,
    Set<String> owners,
    Set<Duration> timeouts,
    Set<Boolean> rollbackDisabled,
    boolean showNested,
    boolean showDeleted,
    List<Sort> sort,
    Optional<Integer> limit,
    Optional<String> marker) {
  /** All live stacks that are not inside others, newest first. */
  public static final StackFilter ALL =
      new StackFilter(
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          TagFilter.NONE,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          false,
          false,
          List.of(),
          Optional.empty(),
          Optional.empty());

  public StackFilter {
    ids = Set.copyOf(ids);
    names = Set.copyOf(names);
    actions = Set.copyOf(actions);
    states = Set.copyOf(states);
    reasons = Set.copyOf(reasons);
    requireNonNull(tags, "tags is null");
    usernames = Set.copyOf(usernames);
    owners = Set.copyOf(owners);
    timeouts = Set.copyOf(timeouts);
    rollbackDisabled = Set.copyOf(rollbackDisabled);
    sort = List.copyOf(sort);
    requireNonNull(limit, "limit is null");
    requireNonNull(marker, "marker is null");
  }

  /** The same, and stacks inside resources of others too. */
  public StackFilter withNested() {
    return new StackFilter(
        ids,
        names,
        actions,
        states,
        reasons,
        tags,
        usernames,
        owners,
        timeouts,
        rollbackDisabled,
        true,
        showDeleted,
        sort,
        limit,
        marker);
  }

  /**
   * A status to look for.
   *
   * @param action of which it has to be the status; empty for any
   */
  public record State(Optional<Action> action, Status status) {
    public State {
      requireNonNull(action, "action is null");
      requireNonNull(status, "status is null");
    }

    /** Whether a stack has it. */
    public boolean isOf(Stack stack) {
      return stack.status() == status && action.map(each -> each == stack.action()).orElse(true);
    }
  }

  /** One key of the order. */
  public record Sort(SortKey key, boolean ascending) {}

  /** What a list can be ordered by. */
  public enum SortKey {
    NAME,
    STATUS,
    CREATION_TIME,
    UPDATED_TIME
  }
}
