package io.hotpod.engine.run;

import io.hotpod.engine.stack.Operation;
import java.util.Set;

/**
 * Carries out operations of stacks inside others, on the thread of the step that they are part of.
 */
interface NestedExecution {
  /**
   * Carries an operation out, after whichever of the same stack is still ending.
   *
   * @param operation durably accepted, the newest of its stack
   * @param outer the operation that it is part of; stops this one when it is stopped
   * @param secrets what the stacks around it hide
   * @return whether it came to its end; false when it was told to stop before
   */
  boolean execute(Operation operation, StopSignal outer, Set<String> secrets);
}
