package io.hotpod.server;

import io.hotpod.engine.servers.PeerAddress;
import io.hotpod.engine.servers.Peers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Servers that know each other without a database. Thread-safe. */
final class FakePeers implements Peers {
  private final String id;
  private final Network network;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile Supplier<Optional<PeerAddress>> address = Optional::empty;

  /** Where this one says that it is, whatever the server said; for tests of wrong settings. */
  volatile Optional<PeerAddress> pretended = Optional.empty();

  /** Under which it signs. */
  volatile String key = "shared";

  /** The servers that know each other. */
  static final class Network {
    private final Map<String, FakePeers> members = new ConcurrentHashMap<>();

    /** Words that are lost on their way, from now on. */
    final AtomicInteger toLose = new AtomicInteger();
  }

  /** One that is alone. */
  FakePeers() {
    this("one", new Network());
  }

  FakePeers(String id, Network network) {
    this.id = id;
    this.network = network;
    network.members.put(id, this);
  }

  @Override
  public boolean possible() {
    return network.members.size() > 1;
  }

  @Override
  public Peer self() {
    return new Peer(id, "host-of-" + id, pretended.or(address));
  }

  @Override
  public void reachableAt(Supplier<Optional<PeerAddress>> where) {
    address = where;
  }

  @Override
  public Optional<Peer> find(String other) {
    return Optional.ofNullable(network.members.get(other)).map(FakePeers::self);
  }

  @Override
  public void tell(String word) {
    if (network.toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return;
    }
    network.members.values().stream()
        .filter(other -> other != this)
        .forEach(other -> other.listeners.forEach(listener -> listener.accept(word)));
  }

  @Override
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public String sign(List<String> parts) {
    return Integer.toHexString((key + parts).hashCode());
  }

  @Override
  public boolean verify(List<String> parts, String signature) {
    return sign(parts).equals(signature);
  }
}
