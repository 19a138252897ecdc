package io.hotpod.engine.servers;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.signal.SigningKey;
import io.hotpod.engine.wake.Relay;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Peers by the database that they share. Thread-safe. */
public final class StoredPeers implements Peers {
  private static final String TOPIC = "peers:";
  private static final String PURPOSE = "servers";

  private final Servers servers;
  private final Relay relay;
  private final SigningKey key;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  public StoredPeers(Servers servers, Relay relay, SigningKey key) {
    this.servers = requireNonNull(servers, "servers is null");
    this.relay = requireNonNull(relay, "relay is null");
    this.key = requireNonNull(key, "key is null");
  }

  @Override
  public boolean possible() {
    return relay.reachesOthers();
  }

  @Override
  public Peer self() {
    return servers.self();
  }

  @Override
  public void reachableAt(Supplier<Optional<PeerAddress>> address) {
    if (possible()) {
      servers.reachableAt(address);
    }
  }

  @Override
  public Optional<Peer> find(String id) {
    return servers.find(id);
  }

  @Override
  public void tell(String word) {
    relay.publish(TOPIC + word);
  }

  @Override
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /**
   * Takes what came over the relay.
   *
   * @param topic of whatever kind; those that are no word between servers are left alone
   */
  public void heard(String topic) {
    if (topic.startsWith(TOPIC)) {
      String word = topic.substring(TOPIC.length());
      listeners.forEach(listener -> listener.accept(word));
    }
  }

  @Override
  public String sign(List<String> parts) {
    return key.sign(PURPOSE, parts);
  }

  @Override
  public boolean verify(List<String> parts, String signature) {
    return key.verify(PURPOSE, parts, signature);
  }
}
