package io.hotpod.engine.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections for a library that has statements of its own: its queries read beside
 * everybody else, its changes are writes of the group, each of which commits before its execution
 * returns. Only single statements that commit themselves are understood. Thread-safe.
 */
final class GroupedSource {
  private GroupedSource() {}

  /**
   * @param readers where its queries go
   * @param writer where its changes go
   */
  static DataSource of(DataSource readers, GroupWriter writer) {
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            method.getName().equals("getConnection")
                ? proxy(Connection.class, new OneConnection(readers, writer))
                : call(readers, method, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            GroupedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Takes a connection for queries when the first is asked; many that only write need none. */
  private static final class OneConnection implements InvocationHandler {
    private final DataSource readers;
    private final GroupWriter writer;
    private Optional<Connection> reader = Optional.empty();

    OneConnection(DataSource readers, GroupWriter writer) {
      this.readers = readers;
      this.writer = writer;
    }

    @Override
    public @Nullable Object invoke(
        Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("getAutoCommit")) {
        return true;
      }
      if (method.getName().equals("close")) {
        close();
        return null;
      }
      if (method.getName().equals("prepareStatement")
          && arguments != null
          && arguments.length == 1
          && arguments[0] instanceof String sql
          && !isQuery(sql)) {
        return proxy(PreparedStatement.class, new Change(sql, writer));
      }
      return call(reader(), method, arguments);
    }

    private static boolean isQuery(String sql) {
      return sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("select");
    }

    private Connection reader() throws SQLException {
      if (reader.isEmpty()) {
        reader = Optional.of(readers.getConnection());
      }
      return reader.get();
    }

    private void close() throws SQLException {
      if (reader.isPresent()) {
        reader.get().close();
        reader = Optional.empty();
      }
    }
  }

  /** Gives a statement one of its parameters. */
  private interface Parameter {
    void set(PreparedStatement statement) throws Throwable;
  }

  /** A statement that changes something: keeps its parameters until the writer gets to it. */
  private static final class Change implements InvocationHandler {
    private final String sql;
    private final GroupWriter writer;
    private final List<Parameter> parameters = new ArrayList<>();
    private int changed = -1;

    Change(String sql, GroupWriter writer) {
      this.sql = sql;
      this.writer = writer;
    }

    @Override
    public @Nullable Object invoke(
        Object self, Method method, @Nullable Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "execute" -> {
          changed = writer.write(this::execute);
          yield false;
        }
        case "getUpdateCount" -> changed;
        case "close" -> null;
        default -> {
          if (!method.getName().startsWith("set")) {
            throw new UnsupportedOperationException(method.getName() + " of: " + sql);
          }
          parameters.add(statement -> call(statement, method, arguments));
          yield null;
        }
      };
    }

    private int execute(Handle handle) {
      try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
        for (Parameter parameter : parameters) {
          parameter.set(statement);
        }
        return statement.executeUpdate();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("cannot execute: " + sql, e);
      }
    }
  }
}
