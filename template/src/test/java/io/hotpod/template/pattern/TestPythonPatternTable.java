package io.hotpod.template.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What Python's own {@code re} answered; src/test/python/pattern_table.py made the table. */
final class TestPythonPatternTable {
  private static final PatternEffort UNLIMITED = steps -> {};
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * Loops whose body may match nothing: the same texts match, but Python's last, empty round leaves
   * another place in the group.
   */
  private static final Set<String> EMPTY_ROUNDS =
      Set.of("(a*)*", "(a*)+", "(a|b*)*", "(|a)*", "(|a)+", "(a??)*");

  private static List<JsonNode> rows() throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream table = TestPythonPatternTable.class.getResourceAsStream("python-re.jsonl");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      reader.lines().map(mapper::readTree).forEach(rows::add);
    }
    return rows;
  }

  private static boolean isRefused(JsonNode row) {
    String pattern = row.get("pattern").stringValue();
    return Stream.of("(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "(?P=", "\\8", "++", "*+")
            .anyMatch(pattern::contains)
        || pattern.endsWith("\\1")
        || pattern.contains("?+")
        || pattern.contains("}+");
  }

  private static boolean isLarge(JsonNode row) {
    return row.get("pattern").stringValue().contains("65536");
  }

  static List<JsonNode> understood() throws IOException {
    return rows().stream()
        .filter(row -> !row.has("error") && !isRefused(row) && !isLarge(row))
        .toList();
  }

  static List<JsonNode> understoodToTheGroup() throws IOException {
    return understood().stream()
        .filter(row -> !EMPTY_ROUNDS.contains(row.get("pattern").stringValue()))
        .toList();
  }

  static List<JsonNode> malformed() throws IOException {
    return rows().stream().filter(row -> row.has("error") && !isRefused(row)).toList();
  }

  static List<JsonNode> beyondLinearTime() throws IOException {
    return rows().stream().filter(TestPythonPatternTable::isRefused).toList();
  }

  @ParameterizedTest
  @MethodSource("understoodToTheGroup")
  void findsWhatPythonFinds(JsonNode row) {
    PythonPattern pattern = PythonPattern.compile(row.get("pattern").stringValue());
    for (JsonNode found : row.get("search")) {
      String text = found.get(0).stringValue();
      assertThat(groups(pattern.find(text, UNLIMITED).orElseThrow()))
          .as("first match in <%s>", text)
          .isEqualTo(found.get(1));
      assertThat(pattern.isFound(text, UNLIMITED)).as("found in <%s>", text).isTrue();
    }
    for (JsonNode found : row.get("all")) {
      assertThat(spans(pattern.findAll(found.get(0).stringValue(), 1000, UNLIMITED)))
          .as("all matches in <%s>", found.get(0).stringValue())
          .isEqualTo(found.get(1));
    }
  }

  @ParameterizedTest
  @MethodSource("understood")
  void matchesWhatPythonMatches(JsonNode row) throws IOException {
    PythonPattern pattern = PythonPattern.compile(row.get("pattern").stringValue());
    List<String> full = row.get("full").valueStream().map(JsonNode::stringValue).toList();
    List<String> found = row.get("search").valueStream().map(e -> e.get(0).stringValue()).toList();
    assertThat(texts().stream().filter(pattern::matches))
        .as("whole")
        .containsExactlyElementsOf(full);
    assertThat(texts().stream().filter(text -> pattern.isFound(text, UNLIMITED)))
        .as("somewhere")
        .containsExactlyElementsOf(found);
    assertThat(pattern.groupNames()).hasSize(row.get("names").size());
  }

  @ParameterizedTest
  @MethodSource("understoodToTheGroup")
  void takesAllOfATextWherePythonsMatchDoes(JsonNode row) throws IOException {
    PythonPattern pattern = PythonPattern.compile(row.get("pattern").stringValue());

    assertThat(texts().stream().filter(pattern::takesAll))
        .containsExactlyElementsOf(
            row.get("taken").valueStream().map(JsonNode::stringValue).toList());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatPythonRefusesInTheSamePlace(JsonNode row) {
    PatternException refusal = refusal(row);
    assertThat(refusal.position())
        .as(refusal.getMessage())
        .isEqualTo(row.get("position").intValue());
  }

  @ParameterizedTest
  @MethodSource("beyondLinearTime")
  void refusesByNameWhatIsNotLinear(JsonNode row) {
    assertThat(refusal(row).getMessage()).contains("is not supported: patterns run in linear time");
  }

  private static PatternException refusal(JsonNode row) {
    PatternException refusal =
        catchThrowableOfType(
            PatternException.class, () -> PythonPattern.compile(row.get("pattern").stringValue()));
    assertThat(refusal).as(row.toString()).isNotNull();
    return refusal;
  }

  /** The pattern that is empty matches in every text of the table. */
  private static List<String> texts() throws IOException {
    return rows().getFirst().get("search").valueStream().map(e -> e.get(0).stringValue()).toList();
  }

  private static ArrayNode groups(PatternMatch match) {
    ArrayNode groups = NODES.arrayNode();
    for (PatternMatch.Group group : match.groups()) {
      ArrayNode row = groups.addArray();
      group.value().ifPresentOrElse(row::add, row::addNull);
      row.add(group.start()).add(group.end());
    }
    return groups;
  }

  private static ArrayNode spans(List<PatternMatch> matches) {
    ArrayNode spans = NODES.arrayNode();
    matches.forEach(match -> spans.addArray().add(match.whole().start()).add(match.whole().end()));
    return spans;
  }
}
