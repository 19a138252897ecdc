package io.hotpod.server;

import io.hotpod.engine.Engine;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFeed;
import io.hotpod.engine.servers.Server;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.stack.KeptAnswers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An engine in memory whose stacks are complete at once. Thread-safe. */
final class FakeEngine implements Engine {
  final FakeStacks stacks = new FakeStacks();
  final FakeInstances instances = new FakeInstances();
  final FakeGuests guests = new FakeGuests();
  final FakeSoftware software = new FakeSoftware();
  private final KeptAnswers answers = new FakeAnswers();
  private volatile Optional<URI> address = Optional.empty();

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
    return guests;
  }

  @Override
  public KeptAnswers answers() {
    return answers;
  }

  @Override
  public SoftwareService software() {
    return software;
  }

  /** One that runs, and one that ended without a word. */
  @Override
  public List<Server> servers() {
    Instant now = FakeStacks.EPOCH;
    return List.of(
        new Server("one", "alpha", now, now), new Server("two", "beta", now, now.minusSeconds(61)));
  }

  /** Why it cannot answer; tests set it. */
  volatile Optional<String> problem = Optional.empty();

  @Override
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public EventFeed feed() {
    return (caller, scope, after) -> new SilentFollower();
  }

  @Override
  public void reachableAt(URI base) {
    address = Optional.of(base);
  }

  /** What the server said of itself. */
  Optional<URI> reachableAt() {
    return address;
  }

  @Override
  public void close() {}
}
