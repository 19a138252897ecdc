package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type whose resources are stacks: they go, stop, start and are checked as the stack inside is.
 */
interface StackHolder extends ResourceType {
  /** What is done with the stack inside, whatever its template. */
  ResourceType inside();

  @Override
  default boolean reachesOutside() {
    return false;
  }

  @Override
  default void delete(ResourceContext context) {
    inside().delete(context);
  }

  @Override
  default void suspend(ResourceContext context) {
    inside().suspend(context);
  }

  @Override
  default void resume(ResourceContext context) {
    inside().resume(context);
  }

  @Override
  default Optional<List<String>> check(ResourceContext context) {
    return inside().check(context);
  }

  @Override
  default ObjectNode snapshot(ResourceContext context) {
    return inside().snapshot(context);
  }
}
