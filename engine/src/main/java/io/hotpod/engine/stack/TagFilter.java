package io.hotpod.engine.stack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a list asks of the tags of stacks; empty sets ask nothing.
 *
 * @param all every one of these is there
 * @param any one of these is there
 * @param notAll not every one of these is there
 * @param notAny none of these is there
 */
public record TagFilter(Set<String> all, Set<String> any, Set<String> notAll, Set<String> notAny) {
  /** Asks nothing. */
  public static final TagFilter NONE = new TagFilter(Set.of(), Set.of(), Set.of(), Set.of());

  public TagFilter {
    all = Set.copyOf(all);
    any = Set.copyOf(any);
    notAll = Set.copyOf(notAll);
    notAny = Set.copyOf(notAny);
  }

  /** Whether a stack with these tags is listed. */
  public boolean matches(List<String> tags) {
    Set<String> present = new HashSet<>(tags);
    return present.containsAll(all)
        && (any.isEmpty() || any.stream().anyMatch(present::contains))
        && (notAll.isEmpty() || !present.containsAll(notAll))
        && notAny.stream().noneMatch(present::contains);
  }
}
