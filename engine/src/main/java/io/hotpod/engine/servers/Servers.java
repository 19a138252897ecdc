package io.hotpod.engine.servers;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.ServerTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the servers on a database of this one, and knows of the others. What cannot be written is
 * written the next time: nothing but the list depends on it. Thread-safe.
 */
public final class Servers {
  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  /** For so long a server that ended without a word is still told of. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Database database;
  private final Clock clock;
  private final String id;
  private final String host;
  private final Instant startedAt;
  private final AtomicReference<Instant> told = new AtomicReference<>(Instant.EPOCH);
  private volatile Supplier<Optional<PeerAddress>> address = Optional::empty;

  /**
   * @param id of this run of this server
   */
  public Servers(Database database, Clock clock, String id) {
    this.database = requireNonNull(database, "database is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.id = requireNonNull(id, "id is null");
    this.host = hostName();
    this.startedAt = clock.instant();
  }

  /** Without asking a name server, which can take long. */
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      LOG.debug("the name of this machine cannot be read", e);
      return "localhost";
    }
  }

  /** The id of this run of this server. */
  public String id() {
    return id;
  }

  /** Says that this server runs, and forgets those that have not for long. */
  public void arrive() {
    Instant now = clock.instant();
    write(
        "say that this server runs",
        handle -> {
          if (database.isExclusive()) {
            // Whoever else was here is gone.
            ServerTable.clear(handle);
          } else {
            ServerTable.forget(handle, now.minus(REMEMBERED));
          }
          put(handle, now);
        });
    told.set(now);
  }

  private void put(Handle handle, Instant now) {
    ServerTable.put(
        handle,
        new Server(id, host, startedAt, now),
        address.get().map(PeerAddress::text).orElse(""));
  }

  /** Says where the others reach this server, now and whenever it says that it runs. */
  void reachableAt(Supplier<Optional<PeerAddress>> where) {
    address = requireNonNull(where, "where is null");
    Instant now = clock.instant();
    write("say where this server is reached", handle -> put(handle, now));
  }

  Peers.Peer self() {
    return new Peers.Peer(id, host, address.get());
  }

  Optional<Peers.Peer> find(String other) {
    return database.read(handle -> ServerTable.peer(handle, other)).map(Servers::peer);
  }

  private static Peers.Peer peer(ServerTable.StoredPeer stored) {
    return new Peers.Peer(stored.id(), stored.host(), PeerAddress.parse(stored.address()));
  }

  /** Says that this server still runs, if it did not just do so. */
  public void stay() {
    Instant now = clock.instant();
    Instant last = told.get();
    // A clock that was put back does not silence it.
    boolean due = Duration.between(last, now).abs().compareTo(Server.REPORTS_EVERY) >= 0;
    if (due && told.compareAndSet(last, now)) {
      write("say that this server runs", handle -> put(handle, now));
    }
  }

  /** Says that this server ends. */
  public void leave() {
    write("say that this server ends", handle -> ServerTable.remove(handle, id));
  }

  private void write(String what, Consumer<Handle> change) {
    try {
      database
          .writer()
          .write(
              handle -> {
                change.accept(handle);
                return true;
              });
    } catch (DatabaseAwayException e) {
      // Whoever finds that out says so.
      LOG.debug("cannot {}", what, e);
    } catch (RuntimeException e) {
      LOG.warn("cannot {}", what, e);
    }
  }

  /** Those that run or did within the last day, the oldest first. */
  public List<Server> all() {
    Instant since = clock.instant().minus(REMEMBERED);
    return database.read(handle -> ServerTable.since(handle, since));
  }
}
