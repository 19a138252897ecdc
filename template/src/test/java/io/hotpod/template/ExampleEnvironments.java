package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentJson;
import io.hotpod.template.environment.EnvironmentLayers;
import io.hotpod.template.environment.Hook;
import io.hotpod.template.environment.MappedType;
import io.hotpod.template.environment.RestrictedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of one example of the page on the language.
 *
 * @param texts in their order; they are called {@code 1.yaml}, {@code 2.yaml} and so on
 */
record ExampleEnvironments(List<String> texts) {
  private static final Map<String, ParameterType> TYPES =
      Map.of(
          "text", ParameterType.STRING,
          "size", ParameterType.NUMBER,
          "names", ParameterType.COMMA_DELIMITED_LIST,
          "labels", ParameterType.JSON);
  private static final Set<String> IMPLEMENTED = Set.of("OS::Heat::None", "OS::Heat::Value");

  static ExampleEnvironments of(String example) {
    return new ExampleEnvironments(List.of(example.split("(?m)^---$", -1)));
  }

  private Environment merged() {
    List<EnvironmentFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(EnvironmentFile.parse((files.size() + 1) + ".yaml", text.stripLeading()));
    }
    return new EnvironmentLayers(files, Map.of()).merged(TYPES);
  }

  /** Holds a result of the page against what happens. */
  void check(TestLanguagePage.Block result) {
    switch (result.kind()) {
      case "refused" ->
          assertThat(Templates.refusal(this::merged)).isEqualTo(result.text().strip());
      case "merged" -> assertThat(values(merged())).isEqualTo(Templates.json(result.text()));
      case "resolved" -> lines(result, ExampleEnvironments::resolved);
      case "held" -> lines(result, ExampleEnvironments::held);
      default -> fail("no result is of kind " + result.kind());
    }
  }

  private static JsonNode values(Environment environment) {
    ObjectNode all = EnvironmentJson.write(environment);
    all.retain("parameters", "parameter_defaults");
    all.properties().removeIf(entry -> entry.getValue().isEmpty());
    return all;
  }

  /** What happens to one name of the page. */
  private interface Answer {
    String to(Environment environment, String asked);
  }

  private void lines(TestLanguagePage.Block result, Answer answer) {
    Environment environment = merged();
    for (String line : result.text().strip().split("\n", -1)) {
      String[] sides = line.split(" -> ", 2);
      assertThat(answer.to(environment, sides[0])).as(line).isEqualTo(sides[1]);
    }
  }

  private static String resolved(Environment environment, String asked) {
    String[] words = asked.split(" ", 2);
    String resource = words.length > 1 ? words[0] : "any";
    return environment
        .registry()
        .resolve(words[words.length - 1], resource, IMPLEMENTED::contains)
        .map(
            found ->
                switch (found) {
                  case MappedType.Implemented implemented -> implemented.type();
                  case MappedType.Nested nested -> nested.template();
                })
        .orElse("nothing");
  }

  private static String held(Environment environment, String resource) {
    String hooks =
        environment.registry().hooks(resource).stream()
            .map(Hook::keyword)
            .collect(Collectors.joining(" "));
    String restricted =
        environment.registry().restrictedActions(resource).stream()
            .map(RestrictedAction::keyword)
            .collect(Collectors.joining(" "));
    return restricted.isEmpty() ? hooks : hooks + ", not " + restricted;
  }
}
