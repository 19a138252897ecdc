package io.hotpod.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the yaql of Python answered under Heat's limits; src/test/python/yaql_table.py made the
 * table of the expressions beside it.
 */
final class TestYaqlTable {
  /** Where we answer otherwise on purpose, and why. */
  private static final Map<String, String> DIFFERENT =
      Map.of(
          "false and unknownFunction()", "an unknown name is found before anything is evaluated",
          "$.data.config.items()", "pairs in a set come out as arrays, where Python fails",
          "set([1, 2], 3)", "lists in a set come out as arrays, where Python fails",
          "list($.data.m.keys()).orderBy($).join('')", "no class of Python shows in texts");

  private static List<JsonNode> rows() throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream table = TestYaqlTable.class.getResourceAsStream("python-yaql.jsonl");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      reader.lines().map(mapper::readTree).forEach(rows::add);
    }
    return rows;
  }

  private static JsonNode data() throws IOException {
    return rows().getFirst().get("data");
  }

  private static List<JsonNode> rowsWith(String field) throws IOException {
    return rows().stream()
        .filter(row -> row.has(field))
        .filter(row -> !DIFFERENT.containsKey(row.get("expression").stringValue()))
        .toList();
  }

  static List<JsonNode> answered() throws IOException {
    return rowsWith("result");
  }

  static List<JsonNode> failed() throws IOException {
    return rowsWith("error");
  }

  static List<JsonNode> malformed() throws IOException {
    return rowsWith("syntax");
  }

  private static JsonNode evaluate(JsonNode row) throws IOException {
    return Yaql.parse(row.get("expression").stringValue()).evaluate(data(), YaqlLimits.HEAT);
  }

  @ParameterizedTest
  @MethodSource("answered")
  void answersWhatPythonAnswers(JsonNode row) throws IOException {
    JsonNode answer = evaluate(row);
    assertThat(same(row.get("result"), answer)).as("%s gave %s", row, answer).isTrue();
  }

  @ParameterizedTest
  @MethodSource("failed")
  void failsWherePythonFails(JsonNode row) {
    YaqlException failure = catchThrowableOfType(YaqlException.class, () -> evaluate(row));
    assertThat(failure).as(row.toString()).isNotNull();
    assertThat(failure.position()).isBetween(0, row.get("expression").stringValue().length());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesMalformedExpressionsWherePythonDoes(JsonNode row) {
    String expression = row.get("expression").stringValue();
    YaqlException refusal = catchThrowableOfType(YaqlException.class, () -> Yaql.parse(expression));
    assertThat(refusal).as(expression).isNotNull();
    // Python tells no place when the end comes too soon, and the comma behind a plain argument
    // that follows a named one.
    int expected =
        row.get("position").isNull() ? expression.length() : row.get("position").intValue();
    assertThat(refusal.position()).as(refusal.getMessage()).isBetween(expected - 1, expected);
  }

  @Test
  void differencesAreStillDifferences() throws IOException {
    Set<String> left = new HashSet<>(DIFFERENT.keySet());
    for (JsonNode row : rows()) {
      if (row.has("expression") && left.contains(row.get("expression").stringValue())) {
        try {
          if (row.has("result") && same(row.get("result"), evaluate(row))) {
            continue;
          }
        } catch (YaqlException refused) {
          if (row.has("error")) {
            continue;
          }
        }
        left.remove(row.get("expression").stringValue());
      }
    }
    assertThat(left).as("differences that are none").isEmpty();
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    if (expected.isObject() && expected.size() == 1 && expected.has("set")) {
      return actual.isArray() && sameMembers(expected.get("set"), actual);
    }
    if (expected.isArray()) {
      return actual.isArray() && sameItems(expected, actual);
    }
    if (expected.isObject()) {
      return actual.isObject()
          && expected.size() == actual.size()
          && expected.propertyNames().stream()
              .allMatch(key -> actual.has(key) && same(expected.get(key), actual.get(key)));
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.isIntegralNumber() == actual.isIntegralNumber()
          && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  private static boolean sameItems(JsonNode expected, JsonNode actual) {
    boolean same = expected.size() == actual.size();
    for (int i = 0; same && i < expected.size(); i++) {
      same = same(expected.get(i), actual.get(i));
    }
    return same;
  }

  /** In any order. */
  private static boolean sameMembers(JsonNode expected, JsonNode actual) {
    return expected.size() == actual.size()
        && expected
            .valueStream()
            .allMatch(member -> actual.valueStream().anyMatch(other -> same(member, other)));
  }
}
