package io.hotpod.engine.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A statement of which nobody wants to know how many rows it changed. On a database that is
 * elsewhere it travels with its neighbours, at the latest ahead of the next one that is answered:
 * see {@link Outbox}. On the embedded one it is executed at once. For one thread.
 */
final class Later {
  private static final Pattern NAMED = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");
  private static final Map<String, Parsed> PARSED = new ConcurrentHashMap<>();

  private final Handle handle;
  private final Parsed parsed;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  private Later(Handle handle, Parsed parsed) {
    this.handle = handle;
    this.parsed = parsed;
  }

  /**
   * A statement as JDBC takes it.
   *
   * @param names of the parameters, in their order
   */
  private record Parsed(String sql, List<String> names) {
    static Parsed of(String sql) {
      List<String> names = new ArrayList<>();
      Matcher matcher = NAMED.matcher(sql);
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
      return new Parsed(matcher.replaceAll("?"), List.copyOf(names));
    }
  }

  /** Binds a value that JDBC knows no setter for. */
  interface Binder {
    void bind(PreparedStatement statement, int position) throws SQLException;
  }

  /**
   * Begins a statement.
   *
   * @param sql one of a few texts of the program, with named parameters
   */
  static Later update(Handle handle, String sql) {
    return new Later(handle, PARSED.computeIfAbsent(sql, Parsed::of));
  }

  /** Gives a parameter a text, a number, a truth, a {@link Binder} or SQL's NULL. */
  Later bind(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  Later bindMap(Map<String, @Nullable Object> more) {
    values.putAll(more);
    return this;
  }

  /** Has it executed before anything that comes after it. */
  void execute() {
    List<@Nullable Object> arguments = arguments();
    Outbox.of(handle)
        .ifPresentOrElse(
            outbox -> outbox.add(parsed.sql(), arguments), () -> executeNow(arguments));
  }

  /** Executes the same statement for many rows, now. */
  static void executeAll(List<Later> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String sql = rows.getFirst().parsed.sql();
    Handle handle = rows.getFirst().handle;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (Later row : rows) {
        bind(statement, 1, row.arguments());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private List<@Nullable Object> arguments() {
    List<@Nullable Object> arguments = new ArrayList<>(parsed.names().size());
    for (String name : parsed.names()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("nothing is bound to " + name + " of " + parsed.sql());
      }
      arguments.add(values.get(name));
    }
    return arguments;
  }

  private void executeNow(List<@Nullable Object> arguments) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(parsed.sql())) {
      bind(statement, 1, arguments);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(parsed.sql(), e);
    }
  }

  static RuntimeException failed(String sql, SQLException failure) {
    return new IllegalStateException("cannot execute " + sql, failure);
  }

  /**
   * Binds values from a position on.
   *
   * @return the position after the last
   */
  static int bind(PreparedStatement statement, int first, List<@Nullable Object> arguments)
      throws SQLException {
    int position = first;
    for (Object argument : arguments) {
      switch (argument) {
        case null -> statement.setNull(position, Types.NULL);
        case String text -> statement.setString(position, text);
        case Long number -> statement.setLong(position, number);
        case Integer number -> statement.setInt(position, number);
        case Boolean truth -> statement.setBoolean(position, truth);
        case Binder binder -> binder.bind(statement, position);
        default ->
            throw new IllegalArgumentException("cannot bind a " + argument.getClass().getName());
      }
      position++;
    }
    return position;
  }
}
