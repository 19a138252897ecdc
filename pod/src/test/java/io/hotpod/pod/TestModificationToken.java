package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestModificationToken {
  private static final String CONTENT =
      "{\"a\": 1, \"b\": [true, \"x\", null], \"c\": {\"d\": 1.5}}";

  @Test
  void staysTheSameFromReleaseToRelease() {
    // A token that changed with the program would restart every pod of every instance.
    assertThat(ModificationToken.of("stack", "web", 1, json(CONTENT)).value())
        .isEqualTo("03F87LVhVoOd8aVuiHn5fw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"c\": {\"d\": 1.5}, \"b\": [true, \"x\", null], \"a\": 1}",
        "{\"a\":1.0,\"b\":[true,\"\\u0078\",null],\"c\":{\"d\":1.50}}",
        "{\"a\": 1e0, \"b\": [true, \"x\", null], \"c\": {\"d\": 15e-1}}"
      })
  void theWayOfWritingDoesNotCount(String same) {
    assertThat(ModificationToken.of("stack", "web", 1, json(same)))
        .isEqualTo(ModificationToken.of("stack", "web", 1, json(CONTENT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1;2",
        "true;false",
        "true;\"true\"",
        "\"x\";\"X\"",
        "null;\"null\"",
        "null;0",
        "1.5;1.50001",
        "\"d\";\"e\"",
        "[true, \"x\", null];[\"x\", true, null]",
        "[true, \"x\", null];[true, \"x\"]",
        ", \"c\": {\"d\": 1.5};, \"c\": {}",
        "{\"d\": 1.5};{\"d\": 1.5, \"e\": null}",
        "{\"d\": 1.5};[\"d\", 1.5]"
      })
  void anyChangeOfValueCounts(String from, String to) {
    assertThat(CONTENT).contains(from);
    assertThat(ModificationToken.of("stack", "web", 1, json(CONTENT.replace(from, to))))
        .isNotEqualTo(ModificationToken.of("stack", "web", 1, json(CONTENT)));
  }

  @Test
  void whoseModificationItIsCounts() {
    Set<ModificationToken> tokens = new HashSet<>();
    tokens.add(ModificationToken.of("stack", "web", 1, json(CONTENT)));
    tokens.add(ModificationToken.of("stack", "web", 2, json(CONTENT)));
    tokens.add(ModificationToken.of("stack", "we", 1, json(CONTENT)));
    tokens.add(ModificationToken.of("stackw", "eb", 1, json(CONTENT)));
    tokens.add(ModificationToken.of("stac", "kweb", 1, json(CONTENT)));
    assertThat(tokens).hasSize(5);
  }

  @Test
  void isShortAndSafeInUrlsAndPods() {
    assertThat(ModificationToken.of("stack", "web", 1, json(CONTENT)).value())
        .matches("[A-Za-z0-9_-]{22}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ü", "a=", "\n"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> new ModificationToken(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAStringInJson() {
    ModificationToken token = new ModificationToken("abc");
    assertThat(PodJson.write(token)).isEqualTo("\"abc\"");
    assertThat(PodJson.read("\"abc\"", ModificationToken.class)).isEqualTo(token);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
