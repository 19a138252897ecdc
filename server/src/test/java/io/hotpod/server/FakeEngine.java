package io.hotpod.server;

import io.hotpod.engine.Engine;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFeed;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.servers.Server;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.stack.KeptAnswers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An engine in memory whose stacks are complete at once. Thread-safe. */
final class FakeEngine implements Engine {
  final FakeStacks stacks = new FakeStacks();
  final FakeInstances instances;
  final FakeGuests guests = new FakeGuests();
  final FakeSoftware software = new FakeSoftware();
  private final KeptAnswers answers = new FakeAnswers();
  private final FakePeers peers;
  private volatile Optional<URI> address = Optional.empty();

  FakeEngine() {
    this(new FakeInstances(), new FakePeers());
  }

  /** One of several that share their instances. */
  FakeEngine(FakeInstances instances, FakePeers peers) {
    this.instances = instances;
    this.peers = peers;
  }

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

  /** Nothing. */
  @Override
  public Function<String, Redaction> hidden() {
    return stack -> Redaction.of(Set.of());
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

  @Override
  public FakePeers peers() {
    return peers;
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
