package io.hotpod.engine;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.stack.StackService;

/** A running engine. Thread-safe. */
public interface Engine extends AutoCloseable {
  StackService stacks();

  InstanceService instances();

  /**
   * Lets steps in flight finish their writes and stops; what is not done goes on at the next start.
   */
  @Override
  void close();
}
