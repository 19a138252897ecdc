package io.hotpod.server;

import io.hotpod.engine.Engine;

/** An engine in memory whose stacks are complete at once. Thread-safe. */
final class FakeEngine implements Engine {
  final FakeStacks stacks = new FakeStacks();
  final FakeInstances instances = new FakeInstances();

  @Override
  public FakeStacks stacks() {
    return stacks;
  }

  @Override
  public FakeInstances instances() {
    return instances;
  }

  @Override
  public void close() {}
}
