package io.hotpod.template;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short ways to templates and values for tests. */
final class Templates {
  private static final JsonMapper JSON = new JsonMapper();

  static final PseudoParameters PSEUDO = new PseudoParameters("id-1", "shop", "default");

  private Templates() {}

  /** A template of the newest version; the text given begins on line 2. */
  static Template newest(String text) {
    return parse("heat_template_version: 2021-04-16\n" + text);
  }

  static Template parse(String text) {
    return parse(text, Map.of());
  }

  static Template parse(String text, Map<String, String> files) {
    return Template.parse(new TemplateSource("t", text, files));
  }

  /** With parameters written as YAML flow map. */
  static TemplateInstance instance(Template template, String parameters) {
    return template.instantiate(Parameters.of(template, values(parameters), PSEUDO));
  }

  static Map<String, JsonNode> values(String yaml) {
    Map<String, JsonNode> values = new HashMap<>();
    json(yaml).propertyStream().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return values;
  }

  static JsonNode json(String yaml) {
    return new DocumentReader(Limits.DEFAULT).read("value", yaml).toJson();
  }

  /** All problems of a refusal, a line each. */
  static String refusal(ThrowingCallable action) {
    DocumentException refused = catchThrowableOfType(DocumentException.class, action);
    assertThat(refused).as("refusal").isNotNull();
    return requireNonNull(refused.getMessage());
  }

  /** The lines of a table in the test resources, each a JSON map. */
  static Stream<JsonNode> rows(String resource) {
    try (InputStream stream = requireNonNull(Templates.class.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines().map(JSON::readTree).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The value of a key that is there. */
  static <V> V existing(Map<String, V> map, String key) {
    return requireNonNull(map.get(key), key);
  }

  /** Lets tables hold several lines. */
  static String lines(String tilde) {
    return tilde.replace('~', '\n');
  }
}
