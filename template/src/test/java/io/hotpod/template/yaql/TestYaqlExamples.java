package io.hotpod.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page about yaql tells the truth. */
final class TestYaqlExamples {
  private static final Path PAGE = Path.of("..", "docs", "yaql.md");

  static List<String> examples() throws IOException {
    return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();
  }

  private static JsonNode data() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```json") + "```json".length();
    return new JsonMapper().readTree(page.substring(start, page.indexOf("```", start)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleGivesWhatThePageSays(String line) throws IOException {
    int middle = line.indexOf("` | `");
    String expression = line.substring("| `".length(), middle);
    String result = line.substring(middle + "` | `".length(), line.lastIndexOf('`'));
    assertThat(Yaql.parse(expression).evaluate(data(), YaqlLimits.STANDARD)).hasToString(result);
  }

  @Test
  void thePageHasExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(30);
  }
}
