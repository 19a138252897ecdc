package io.hotpod.engine.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Statements that wait on a connection until another one is answered, and then go to the database
 * in one round trip, in their order. They go ahead of whatever else the connection is asked for, so
 * nothing can tell that they waited, but for a failure, which shows with what makes them go. For
 * one thread.
 */
final class Outbox {
  /** What can make a statement, or ends the transaction. */
  private static final Set<String> SENDING =
      Set.of("prepareStatement", "createStatement", "prepareCall", "setSavepoint", "commit");

  private static final Set<String> DROPPING = Set.of("rollback", "close", "abort");

  private final Connection connection;
  private final List<Letter> letters = new ArrayList<>();

  /** How many of them stay when the others are dropped. */
  private int kept;

  private Outbox(Connection connection) {
    this.connection = connection;
  }

  private record Letter(String sql, List<@Nullable Object> arguments) {}

  /** A connection that has one. */
  private interface Carrier {
    Outbox outbox();
  }

  /** Gives a connection an outbox. */
  static Connection on(Connection connection) {
    Outbox outbox = new Outbox(connection);
    return (Connection)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Connection.class, Carrier.class},
            (proxy, method, arguments) ->
                outbox.called(proxy, method, arguments == null ? new Object[0] : arguments));
  }

  private @Nullable Object called(Object proxy, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("outbox")) {
      return this;
    }
    if (name.equals("isWrapperFor") && ((Class<?>) arguments[0]).isInstance(proxy)) {
      return true;
    }
    if (name.equals("unwrap") && ((Class<?>) arguments[0]).isInstance(proxy)) {
      return proxy;
    }
    if (SENDING.contains(name)) {
      send();
    } else if (DROPPING.contains(name)) {
      clear();
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** That of a handle's connection; the embedded database has none. */
  static Optional<Outbox> of(Handle handle) {
    try {
      Connection connection = handle.getConnection();
      return connection.isWrapperFor(Carrier.class)
          ? Optional.of(connection.unwrap(Carrier.class).outbox())
          : Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look through a connection", e);
    }
  }

  /** Sends what waits on a handle's connection, if anything can. */
  static void send(Handle handle) {
    Optional<Outbox> outbox = of(handle);
    if (outbox.isPresent()) {
      try {
        outbox.get().send();
      } catch (SQLException e) {
        throw Later.failed("what waited", e);
      }
    }
  }

  /** Whether something waits on a handle's connection that may yet be dropped. */
  static boolean isOpen(Handle handle) {
    return of(handle).filter(outbox -> outbox.letters.size() > outbox.kept).isPresent();
  }

  /** Makes what waits on a handle's connection stay. */
  static void keep(Handle handle) {
    of(handle).ifPresent(outbox -> outbox.kept = outbox.letters.size());
  }

  /** Forgets what waits on a handle's connection, but for what was to be kept. */
  static void drop(Handle handle) {
    of(handle)
        .ifPresent(outbox -> outbox.letters.subList(outbox.kept, outbox.letters.size()).clear());
  }

  /** Forgets all that waits on a handle's connection. */
  static void clear(Handle handle) {
    of(handle).ifPresent(Outbox::clear);
  }

  private void clear() {
    letters.clear();
    kept = 0;
  }

  void add(String sql, List<@Nullable Object> arguments) {
    letters.add(new Letter(sql, arguments));
  }

  private void send() throws SQLException {
    if (letters.isEmpty()) {
      return;
    }
    List<Letter> going = List.copyOf(letters);
    clear();
    String sql = going.stream().map(Letter::sql).collect(Collectors.joining(";\n"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int position = 1;
      for (Letter letter : going) {
        position = Later.bind(statement, position, letter.arguments());
      }
      statement.execute();
    }
  }
}
