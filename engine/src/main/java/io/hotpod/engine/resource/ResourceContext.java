package io.hotpod.engine.resource;

import io.hotpod.engine.stack.Stack;
import io.hotpod.template.ResourceFacade;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What a resource type works with during one step. Used by the thread of that step alone. */
public interface ResourceContext {
  Stack stack();

  /** The record as it was stored before this step touched anything; its token names the step. */
  ResourceRecord resource();

  /** Desired properties: coerced, with defaults. */
  ObjectNode properties();

  /**
   * Everything that this resource depends on, directly or not, also inside of other stacks of the
   * same tree.
   */
  List<ResourceRecord> requirements();

  /** What else the template says of the resource. */
  ResourceFacade facade();

  /** The stack inside the resource. */
  NestedStacks nested();

  Clock clock();

  /**
   * Waits, holding nothing but this thread, until a condition gives a value. The condition is asked
   * now and whenever one of the topics is woken; nothing polls.
   *
   * @param topics as named by {@code Topics}
   * @param limit of this wait; the deadline of the operation ends it as well
   * @return empty when the limit passed
   * @throws ResourceFailure when the condition throws it, or the operation timed out
   */
  <T> Optional<T> await(List<String> topics, Duration limit, Supplier<Optional<T>> condition);

  /**
   * The same without holding the thread: where there is nothing yet, the call of the type ends here
   * with a throw that it must let pass, and is made anew when the condition gives a value or the
   * limit has passed. For what can wait for long, in a call that may be repeated up to here.
   */
  default <T> Optional<T> awaitAnew(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition) {
    return awaitAnew(topics, limit, condition, () -> {});
  }

  /**
   * The same for who has something to take back.
   *
   * @param givenUp called when it ends without a value and nobody will wait for this one again: the
   *     time is over, or another operation takes the resource from here. Not when the server goes
   *     down and the operation goes on later
   */
  <T> Optional<T> awaitAnew(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition, Runnable givenUp);

  /**
   * Stores what the type wants to remember before it goes on; durable on return. A step that is
   * repeated finds it in {@link #resource}.
   */
  void remember(ObjectNode data);

  /** Says what the step is waiting for, for people who look at the resource meanwhile. */
  void progress(String words);
}
