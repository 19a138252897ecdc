package io.hotpod.server.contract;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of a table.
 *
 * @param why what it is about
 * @param ask method and path; the path is under the project unless it begins with two slashes
 * @param headers of the request
 * @param send the body, as text
 * @param answer the status of the answer
 * @param shows headers of the answer, as shapes
 * @param body of the answer, as a shape; empty when there is to be none, or none is spoken of
 * @param keep names that later rows use in braces, with the place of their value in the answer
 * @param await whether it is asked again until the answer is right
 */
record Row(
    String why,
    String ask,
    Map<String, String> headers,
    Optional<String> send,
    int answer,
    Map<String, JsonNode> shows,
    Optional<JsonNode> body,
    Map<String, String> keep,
    boolean await) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The rows of a table, in their order. */
  static List<Row> table(String name) {
    String file = name + ".yaml";
    try (InputStream in = Row.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no table " + file);
      }
      JsonNode rows =
          new DocumentReader(Limits.DEFAULT).read(file, in.readAllBytes()).toJson().path("rows");
      return rows.valueStream().map(Row::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row of(JsonNode row) {
    JsonNode send = row.path("send");
    return new Row(
        row.path("why").asString(row.required("ask").stringValue()),
        row.required("ask").stringValue(),
        texts(row.path("headers")),
        send.isMissingNode()
            ? Optional.empty()
            : Optional.of(send.isString() ? send.stringValue() : MAPPER.writeValueAsString(send)),
        row.required("answer").intValue(),
        values(row.path("shows")),
        row.has("body") ? Optional.of(row.required("body")) : Optional.empty(),
        texts(row.path("keep")),
        row.path("await").asBoolean(false));
  }

  private static Map<String, String> texts(JsonNode map) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.propertyStream().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }

  private static Map<String, JsonNode> values(JsonNode map) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    map.propertyStream().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return values;
  }
}
