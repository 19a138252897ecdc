package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

/**
 * Where a stack stands that is inside a resource of another.
 *
 * @param ownerId the stack that has the resource
 * @param resource the name of the resource
 * @param rootId the stack at the top
 * @param depth 1 for a stack inside a resource of the root
 */
public record Nesting(String ownerId, String resource, String rootId, int depth) {
  public Nesting {
    requireNonNull(ownerId, "ownerId is null");
    requireNonNull(resource, "resource is null");
    requireNonNull(rootId, "rootId is null");
    if (depth < 1) {
      throw new IllegalArgumentException("depth counts from 1: " + depth);
    }
  }

  /** Where a stack inside a resource of this stack stands. */
  public static Nesting inside(Stack owner, String resource) {
    return new Nesting(
        owner.id(),
        resource,
        owner.nesting().map(Nesting::rootId).orElse(owner.id()),
        depth(owner) + 1);
  }

  /** How many resources a stack is inside of; 0 for one that stands by itself. */
  public static int depth(Stack stack) {
    return stack.nesting().map(Nesting::depth).orElse(0);
  }
}
