package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of something that is right something that is nearly right. Used by one thread. */
final class Mutations {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Values that stand where others are expected. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "{}",
          "[]",
          "[[[[[[]]]]]]",
          "{\"a\":{\"b\":{\"c\":[null]}}}",
          "-1",
          "0",
          "1.5",
          "1e300",
          "99999999999999999999999999",
          "2147483648",
          "-9223372036854775809",
          "true",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\uffff\"",
          "\"\\ud83d\\ude00\"",
          "\"%s%n\"",
          "\"../../etc/passwd\"",
          "\"'; DROP TABLE stack; --\"",
          "\"&a [*a]\"",
          "\"a: [\"",
          "\"- - -\"",
          "\"{{{{\"",
          "\"<<: *a\"",
          "\"!!python/object:os.system\"",
          "\"true\"",
          "\"1\"",
          "\"COMPLETE\"",
          "\"2026-01-01\"",
          "\"http://127.0.0.1:1/\"",
          "\"" + "x".repeat(3000) + "\"");

  /** Pieces that break the text itself. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "null",
          "1e999",
          "-",
          "\u00e9",
          "\ud83d\ude00",
          "/*",
          "NaN",
          "\u0001");

  private static final List<String> NAMES =
      List.of(
          "stack_name",
          "template",
          "files",
          "environment",
          "parameters",
          "tags",
          "id",
          "name",
          "",
          "status",
          "action",
          "config",
          "inputs",
          "a",
          "\u0000",
          "get_param",
          "resources",
          "type",
          "properties",
          "timeout_mins",
          "heat_template_version",
          "<<",
          "outputs",
          "methods");

  private static final List<String> QUERIES =
      List.of(
          "limit",
          "marker",
          "sort_dir",
          "sort_keys",
          "status",
          "action",
          "tags",
          "tags_any",
          "not_tags",
          "not_tags_any",
          "name",
          "id",
          "with_count",
          "show_deleted",
          "show_nested",
          "show_hidden",
          "nested_depth",
          "with_detail",
          "type",
          "with_attr",
          "resource_name",
          "resource_status",
          "resource_action",
          "resource_type",
          "resolve_outputs",
          "support_status",
          "version",
          "with_description",
          "template_type",
          "server_id",
          "force",
          "follow",
          "tail",
          "container",
          "global_tenant",
          "ignore_errors",
          "timeout_mins",
          "disable_rollback",
          "tenant",
          "parent",
          "owner_id",
          "Action",
          "Signature",
          "Resource",
          "Round",
          "ContentType",
          "AWSAccessKeyId",
          "LogicalResourceId",
          "wait",
          "nocatalog");

  private static final List<String> QUERY_VALUES =
      List.of(
          "true",
          "false",
          "asc",
          "desc",
          "1",
          "0",
          "-1",
          "2147483648",
          "99999999999999999999",
          "%00",
          "%ff",
          "%C3%28",
          "%F0%9F%98%80",
          "CREATE_",
          "_",
          "CREATE_COMPLETE",
          "A_B_C",
          "%5B",
          "(",
          "%28%28a%2B%29%2B%29%2B%24",
          ",",
          ",,a,",
          "%27",
          "%22",
          "%25",
          "null",
          "",
          "*",
          "%2E%2E%2F",
          "x".repeat(500),
          "DescribeStackResource",
          "JSON",
          "+",
          "a=b");

  private static final List<String> SEGMENTS =
      List.of(
          "x",
          ".",
          "..",
          "%00",
          "%ff",
          "%2F",
          "%2e%2e",
          ";a=b",
          "~",
          "%E2%82",
          "%F0%9F%98%80",
          "a%20b",
          "detail",
          "preview",
          "metadata",
          "00000000-0000-0000-0000-000000000000",
          "arn%3Aopenstack%3Aheat%3A%3Ax%3Astacks%2Fy%2Fz",
          "'",
          "%22",
          "%25s",
          "-1",
          "{name}",
          "heat_template_version.2018-08-31",
          "OS::Heat::None",
          "y".repeat(300));

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A body that is broken as a text, or as a value. */
  String body(String right) {
    return chance(25) ? text(right) : MAPPER.writeValueAsString(value(MAPPER.readTree(right)));
  }

  private String text(String right) {
    StringBuilder text = new StringBuilder(right);
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, one(PIECES));
        case 1 -> text.delete(at, Math.min(at + 1 + random.nextInt(3), text.length()));
        case 2 -> text.setLength(at);
        default ->
            text.replace(at, Math.min(at + 1, text.length()), "" + (char) random.nextInt(0xd800));
      }
    }
    return text.toString();
  }

  private JsonNode value(JsonNode right) {
    JsonNode changed = right;
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes; change++) {
      List<JsonNode> inner = new ArrayList<>();
      collect(changed, inner);
      if (inner.isEmpty()) {
        return MAPPER.readTree(one(VALUES));
      }
      change(one(inner));
    }
    return changed;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.valueStream().forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container) {
    JsonNode other = MAPPER.readTree(one(VALUES));
    if (container instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.isEmpty() || chance(25) ? one(NAMES) : one(names);
      if (chance(15)) {
        object.remove(name);
      } else {
        object.set(name, other);
      }
    } else if (container instanceof ArrayNode array) {
      if (array.isEmpty() || chance(30)) {
        array.add(other);
      } else {
        array.set(random.nextInt(array.size()), other);
      }
    }
  }

  /** A query of names that mean something and values that seldom do; may be empty. */
  String query() {
    if (chance(40)) {
      return "";
    }
    StringBuilder query = new StringBuilder("?");
    int length = 1 + random.nextInt(4);
    for (int index = 0; index < length; index++) {
      query.append(one(QUERIES)).append(chance(90) ? "=" : "").append(one(QUERY_VALUES));
      query.append(chance(90) ? "&" : ";");
    }
    return query.toString();
  }

  /** A segment of a path in the place of one that is right. */
  String segment(String right) {
    return chance(70) ? URLEncoder.encode(right, UTF_8).replace("+", "%20") : one(SEGMENTS);
  }

  /** Header lines, each with its end. */
  String headers() {
    StringBuilder lines = new StringBuilder();
    if (chance(30)) {
      lines.append(
          one(
              List.of(
                  "Accept: x/y\r\n",
                  "Prefer: wait=0\r\n",
                  "Prefer: wait=99999999999\r\n",
                  "Prefer: wait=,wait=a\r\n",
                  "If-None-Match: \"1\"\r\n",
                  "If-None-Match: x\"y\"\r\n",
                  "If-None-Match: 99999999999999999999\r\n",
                  "Idempotency-Key: " + "k".repeat(300) + "\r\n",
                  "Idempotency-Key: once\r\n",
                  "Idempotency-Key: \u00e9\r\n",
                  "Last-Event-ID: nobody\r\n",
                  "X-Subject-Token: nobody\r\n",
                  "Authorization: Basic ====\r\n",
                  "Authorization: Bearer\r\n",
                  "Origin: http://elsewhere.example.org\r\n",
                  "Content-Encoding: gzip\r\n",
                  "Range: bytes=0-1\r\n",
                  "Cookie: a=b\r\n",
                  "X-HTTP-Method-Override: DELETE\r\n")));
    }
    return lines.toString();
  }

  /** What a body says that it is. */
  String contentType() {
    return chance(85)
        ? "application/json"
        : one(List.of("text/plain", "application/x-yaml", "*/*", "/", "application/json;;", "a"));
  }
}
