package io.hotpod.engine.resource;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.StackDefinition;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stack inside one resource, for the types that are made of one. Its id is the resource's own.
 * Every call is carried out as part of the resource's step, by the same owner: it waits until the
 * inner stack is where it should be, ends when the step is told to stop, and finds what was done
 * already when the step is repeated.
 */
public interface NestedStacks {
  /**
   * Brings the stack in line with a definition; makes it if there is none. One step may do so with
   * several templates, one after the other.
   *
   * @param definition its id is not looked at
   * @throws ResourceFailure in the words of the inner stack
   */
  void converge(StackDefinition definition);

  /**
   * Sees through what an earlier try of this step began of converging the stack.
   *
   * @return whether this step has converged the stack before
   * @throws ResourceFailure in the words of the inner stack
   */
  boolean goOn();

  /**
   * Makes the stack of what the adopted resource brings along for it; one that this step has made
   * already is brought in line.
   *
   * @param definition its id is not looked at
   * @throws ResourceFailure in the words of the inner stack
   */
  void adopt(StackDefinition definition);

  /**
   * Takes a snapshot of the stack as part of the one that is taken of the stack around it.
   *
   * @return what {@link #restore} needs to know; the type keeps it
   * @throws ResourceFailure in the words of the inner stack
   */
  ObjectNode snapshot();

  /**
   * Brings the stack back to what it was in the snapshot that this operation restores; makes it if
   * there is none.
   *
   * @return what the resource remembered then; empty when this operation restores no snapshot that
   *     the stack is part of, and nothing was done
   * @throws ResourceFailure in the words of the inner stack
   */
  Optional<ObjectNode> restore();

  /**
   * Suspends, resumes or checks everything inside.
   *
   * @throws ResourceFailure in the words of the inner stack
   */
  void act(Action action);

  /**
   * Deletes the stack; one that is not there is deleted.
   *
   * @throws ResourceFailure in the words of the inner stack
   */
  void delete();
}
