package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.NestedStacks;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.template.ResourceFacade;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A step with other properties. */
record PodView(ResourceContext context, ObjectNode properties) implements ResourceContext {
  @Override
  public Stack stack() {
    return context.stack();
  }

  @Override
  public ResourceRecord resource() {
    return context.resource();
  }

  @Override
  public List<ResourceRecord> requirements() {
    return context.requirements();
  }

  @Override
  public ResourceFacade facade() {
    return context.facade();
  }

  @Override
  public NestedStacks nested() {
    return context.nested();
  }

  @Override
  public Clock clock() {
    return context.clock();
  }

  @Override
  public <T> Optional<T> await(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition) {
    return context.await(topics, limit, condition);
  }

  @Override
  public <T> Optional<T> awaitAnew(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition, Runnable givenUp) {
    return context.awaitAnew(topics, limit, condition, givenUp);
  }

  @Override
  public void remember(ObjectNode data) {
    context.remember(data);
  }

  @Override
  public void progress(String words) {
    context.progress(words);
  }
}
