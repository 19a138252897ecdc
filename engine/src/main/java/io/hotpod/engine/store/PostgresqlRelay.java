package io.hotpod.engine.store;

import io.hotpod.engine.wake.Relay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups by NOTIFY and LISTEN, with a connection of its own for each. What was published while a
 * notification is under way goes out together, each topic once. Thread-safe.
 */
final class PostgresqlRelay implements Relay, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlRelay.class);
  private static final String CHANNEL = "hotpod";
  private static final int NOBODY = -1;
  // PostgreSQL takes 8,000 bytes; topics are ASCII.
  private static final int PAYLOAD = 7_000;
  private static final Duration PROBE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration GATHER = Duration.ofMillis(3);

  /** How long a server that ends takes at most to tell what it has not told yet. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final DataSource source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> waiting = new LinkedHashSet<>();
  private final List<Connection> open = new ArrayList<>();

  /** The backend process of the connection that sends; none while there is no such connection. */
  private volatile int sender = NOBODY;

  /** Whether what was taken to be sent is not sent yet; under the lock. */
  private boolean sending;

  private volatile boolean closed;

  PostgresqlRelay(DataSource source) {
    this.source = source;
  }

  /** What is done with one connection until it breaks. */
  private interface Work {
    void on(Connection connection) throws SQLException, InterruptedException;
  }

  @Override
  public boolean reachesOthers() {
    return true;
  }

  @Override
  public void publish(String topic) {
    lock.lock();
    try {
      if (!closed && waiting.add(topic)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void listen(Consumer<String> heard, Runnable missed) {
    Thread.ofPlatform()
        .name("hotpod-notify")
        .daemon()
        .start(() -> keepDoing("tell the other servers what changed", this::send));
    Thread.ofPlatform()
        .name("hotpod-listen")
        .daemon()
        .start(
            () ->
                keepDoing(
                    "hear what changed on other servers",
                    connection -> hear(connection, heard, missed)));
  }

  private void keepDoing(String what, Work work) {
    boolean broken = false;
    while (!closed) {
      try (Connection connection = source.getConnection()) {
        remember(connection);
        if (broken) {
          LOG.info("can {} again", what);
          broken = false;
        }
        work.on(connection);
      } catch (SQLException e) {
        if (!closed && !broken) {
          LOG.warn("cannot {} for the time being, which makes them late: {}", what, e.getMessage());
          broken = true;
        }
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void remember(Connection connection) {
    lock.lock();
    try {
      open.removeIf(PostgresqlRelay::isClosed);
      open.add(connection);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private void pause() {
    lock.lock();
    try {
      long left = PAUSE.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void send(Connection connection) throws SQLException, InterruptedException {
    sender = connection.unwrap(PGConnection.class).getBackendPID();
    try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      statement.setString(1, CHANNEL);
      while (!closed) {
        awaitNews();
        // What many steps end with in the meantime goes out together.
        Thread.sleep(GATHER);
        List<String> topics = take();
        try {
          for (String payload : payloads(topics)) {
            statement.setString(2, payload);
            statement.execute();
          }
        } catch (SQLException e) {
          topics.forEach(this::publish);
          throw e;
        } finally {
          sent();
        }
      }
    } finally {
      // The number may be another server's from now on.
      sender = NOBODY;
    }
  }

  private void awaitNews() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<String> take() {
    lock.lock();
    try {
      List<String> topics = List.copyOf(waiting);
      waiting.clear();
      sending = true;
      return topics;
    } finally {
      lock.unlock();
    }
  }

  private void sent() {
    lock.lock();
    try {
      sending = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** As few texts as hold the topics, one a line. */
  static List<String> payloads(List<String> topics) {
    List<String> payloads = new ArrayList<>();
    StringBuilder payload = new StringBuilder();
    for (String topic : topics) {
      if (!payload.isEmpty() && payload.length() + topic.length() >= PAYLOAD) {
        payloads.add(payload.toString());
        payload.setLength(0);
      }
      if (!payload.isEmpty()) {
        payload.append('\n');
      }
      payload.append(topic);
    }
    if (!payload.isEmpty()) {
      payloads.add(payload.toString());
    }
    return payloads;
  }

  private void hear(Connection connection, Consumer<String> heard, Runnable missed)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    missed.run();
    PGConnection postgresql = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] news = postgresql.getNotifications(Math.toIntExact(PROBE.toMillis()));
      if (news.length == 0 && !connection.isValid(Math.toIntExact(PROBE.toSeconds()))) {
        throw new SQLException("the connection is dead");
      }
      for (PGNotification each : news) {
        if (each.getPID() != sender) {
          each.getParameter().lines().forEach(topic -> tell(heard, topic));
        }
      }
    }
  }

  /** Whatever one topic leads to, the next is heard too. */
  private static void tell(Consumer<String> heard, String topic) {
    try {
      heard.accept(topic);
    } catch (RuntimeException e) {
      LOG.error("what another server said of {} was not taken; it is found out later", topic, e);
    }
  }

  /** Waits a moment for what was published to be sent, or others would find it out much later. */
  private void finishSending() throws InterruptedException {
    long left = FAREWELL.toNanos();
    while (sender != NOBODY && (sending || !waiting.isEmpty()) && left > 0) {
      left = changed.awaitNanos(left);
    }
  }

  @Override
  public void close() {
    List<Connection> connections;
    lock.lock();
    try {
      finishSending();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      connections = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    for (Connection connection : connections) {
      try {
        // An ordinary close would wait until the listener's wait is over.
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("a connection was closed already", e);
      }
    }
  }
}
