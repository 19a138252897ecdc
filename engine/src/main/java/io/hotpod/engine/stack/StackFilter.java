package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which stacks of a project to list, and in what order. Values within one filter are alternatives;
 * empty means all.
 *
 * @param owners ids of stacks; only those inside their resources
 * @param showNested whether stacks inside resources of others are listed at all
 * @param limit at most that many
 * @param marker only those after the stack of this id, in the order asked for
 */
public record StackFilter(
    Set<String> ids,
    Set<String> names,
    Set<Action> actions,
    Set<Status> statuses,
    Set<String> tags,
    Set<String> owners,
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
    statuses = Set.copyOf(statuses);
    tags = Set.copyOf(tags);
    owners = Set.copyOf(owners);
    sort = List.copyOf(sort);
    requireNonNull(limit, "limit is null");
    requireNonNull(marker, "marker is null");
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
