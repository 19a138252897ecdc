package io.hotpod.server;

import io.hotpod.engine.Engine;
import io.hotpod.engine.signal.GuestService;
import java.net.URI;

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
  public GuestService guests() {
    return (project, stackId, resourceName, token, details) -> {
      throw new UnsupportedOperationException("no machine signals here");
    };
  }

  @Override
  public void reachableAt(URI base) {}

  @Override
  public void close() {}
}
