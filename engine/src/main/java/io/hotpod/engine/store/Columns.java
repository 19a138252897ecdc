package io.hotpod.engine.store;

import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How values stand in columns: times as milliseconds, everything structured as JSON text. */
final class Columns {
  private Columns() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }

  static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static ObjectNode object(String text) {
    return PodJson.read(text, ObjectNode.class);
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : PodJson.read(row.getString(column), JsonNode.class)) {
      texts.add(text.stringValue());
    }
    return texts;
  }

  static Map<String, String> textMap(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    object(text)
        .propertyStream()
        .forEach(entry -> map.put(entry.getKey(), entry.getValue().stringValue()));
    return map;
  }

  static Map<String, JsonNode> values(JsonNode object) {
    Map<String, JsonNode> map = new LinkedHashMap<>();
    object.propertyStream().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }
}
