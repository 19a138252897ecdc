package io.hotpod.engine.servers;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The servers on a database as one of them knows the others: where they are, how to tell them all a
 * word, and what proves to one that another asks. Thread-safe.
 */
public interface Peers {
  /**
   * Another server, or this one.
   *
   * @param id of one run of it
   * @param host name of its machine
   * @param address empty when it does not say where it is reached
   */
  record Peer(String id, String host, Optional<PeerAddress> address) {
    public Peer {
      requireNonNull(id, "id is null");
      requireNonNull(host, "host is null");
      requireNonNull(address, "address is null");
    }
  }

  /** Whether there can be others at all. */
  boolean possible();

  /** This server. */
  Peer self();

  /**
   * Says where this server is reached, now and again while it runs.
   *
   * @param address asked each time, since a certificate can change
   */
  void reachableAt(Supplier<Optional<PeerAddress>> address);

  /** A server by its id; empty when there is none, or when it has ended properly. */
  Optional<Peer> find(String id);

  /**
   * Tells all other servers a word, soon; does not wait for it, and it may get lost.
   *
   * @param word a line of ASCII, at most some 1,000 characters, without anything secret
   */
  void tell(String word);

  /**
   * Hears what others tell from now on.
   *
   * @param listener must not block
   */
  void listen(Consumer<String> listener);

  /** A signature that servers on this database alone can make and check, fit for a header. */
  String sign(List<String> parts);

  /** Whether that is the signature; takes the same time whatever differs. */
  boolean verify(List<String> parts, String signature);
}
