package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

/** Which events are followed. */
public sealed interface EventScope {
  /** All of the caller's project, stacks inside others too. */
  record Project() implements EventScope {}

  /**
   * Those of a stack.
   *
   * @param depth how deep to look into stacks inside; 0 for the stack alone
   */
  record Tree(String stackId, int depth) implements EventScope {
    public Tree {
      requireNonNull(stackId, "stackId is null");
    }
  }
}
