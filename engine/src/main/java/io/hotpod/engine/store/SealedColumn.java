package io.hotpod.engine.store;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Columns that can hold secrets and are encrypted as a whole. A cell opens in its own column only,
 * and beside the name that it was sealed for.
 */
enum SealedColumn {
  DEFINITION_TEMPLATE("definition", "template", "id"),
  DEFINITION_ENVIRONMENT("definition", "environment", "id"),
  DEFINITION_FACADE("definition", "facade", "id"),
  FILE_SET_CONTENT("file_set", "content", "digest"),
  RESOURCE_PROPERTIES("resource", "properties", "id"),
  RESOURCE_SHOWN("resource", "shown", "id"),
  RESOURCE_DATA("resource", "data", "id"),
  PAST_PROPERTIES("past_properties", "properties", "id"),
  POD_CONFIG_CONTENT("pod_config", "content", "id"),
  DESIRED_POD_CONTENT("desired_pod", "content", "id"),
  OBSERVED_POD_CONTENT("observed_pod", "content", "id", "instance_id", "token"),
  SIGNAL_CONTENT("signal", "content", "resource_id", "signal_id"),
  GUEST_OBJECT_CONTENT("guest_object", "content", "name", "container"),
  SOFTWARE_CONFIG_CONTENT("software_config", "content", "id"),
  SOFTWARE_DEPLOYMENT_INPUT_VALUES("software_deployment", "input_values", "id"),
  SOFTWARE_DEPLOYMENT_OUTPUT_VALUES("software_deployment", "output_values", "id"),
  SNAPSHOT_DATA("snapshot", "data", "id"),
  RESOURCE_SNAPSHOT_DATA("resource_snapshot", "data", "resource_name", "snapshot_id"),
  IDEMPOTENCY_ANSWER("idempotency", "answer", "key", "project"),
  SECRET_VALUE("secret", "value", "name"),
  SERVER_PEER("server", "peer", "id");

  /** What nobody can learn anything from stays as it is; most resources have no data. */
  private static final Set<String> EMPTY = Set.of("{}", "[]", "");

  private final String table;
  private final String column;
  private final String owner;
  private final String keys;

  SealedColumn(String table, String column, String owner, String... otherKeys) {
    this.table = table;
    this.column = column;
    this.owner = owner;
    this.keys = Stream.concat(Stream.of(owner), Stream.of(otherKeys)).collect(joining(","));
  }

  /** All tables with such columns. */
  static Set<String> tables() {
    return Stream.of(values()).map(SealedColumn::table).collect(toCollection(TreeSet::new));
  }

  String table() {
    return table;
  }

  String column() {
    return column;
  }

  /** The column that names what a cell belongs to. */
  String owner() {
    return owner;
  }

  /** The columns that name a row, the owner first. */
  List<String> keys() {
    return List.of(keys.split(",", -1));
  }

  /** Where a cell of an owner stands, in words. */
  String place(String ownerName) {
    return table + "." + column + " of " + ownerName;
  }

  /** The form in which a text is stored. */
  String seal(Configurable<?> handle, String ownerName, String text) {
    return EMPTY.contains(text)
        ? text
        : handle.getConfig(Sealing.class).sealer().seal(place(ownerName), text);
  }

  /** The text of a cell. */
  String open(StatementContext context, String ownerName, String stored) {
    return EMPTY.contains(stored)
        ? stored
        : context.getConfig(Sealing.class).sealer().open(place(ownerName), stored);
  }

  /** The text in a row that has the columns under their own names. */
  String open(StatementContext context, ResultSet row) throws SQLException {
    return open(context, row.getString(owner), row.getString(column));
  }

  /** The same where there can be none. */
  Optional<String> openOptional(StatementContext context, ResultSet row) throws SQLException {
    @Nullable String stored = row.getString(column);
    return stored == null
        ? Optional.empty()
        : Optional.of(open(context, row.getString(owner), stored));
  }
}
