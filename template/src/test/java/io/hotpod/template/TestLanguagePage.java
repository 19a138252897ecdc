package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hotpod.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs every example of the page on the language, so that the page cannot lie. */
final class TestLanguagePage {
  private static final Path PAGE = Path.of("..", "docs", "template-language.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: ([^\\n]+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** One fenced block: what it is, and what is in it. */
  record Block(String language, String kind, String text) {}

  /** An example and the blocks that say what becomes of it. */
  record Example(Block given, List<Block> results) {
    @Override
    public String toString() {
      return given.kind() + ": " + given.text();
    }
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page());
    while (matcher.find()) {
      String kind = Optional.ofNullable(matcher.group(2)).orElse("");
      blocks.add(new Block(matcher.group(1), kind, matcher.group(3)));
    }
    return blocks;
  }

  private static String only(String kind) throws IOException {
    List<Block> found = blocks().stream().filter(block -> block.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst().text();
  }

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (Block block : blocks()) {
      boolean isInput =
          block.language().equals("yaml")
              && !block.kind().equals("sections")
              && !block.kind().equals("made");
      if (isInput) {
        examples.add(new Example(block, new ArrayList<>()));
      } else if (!examples.isEmpty() && List.of("json", "text").contains(block.language())) {
        examples.getLast().results().add(block);
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void saysWhatHappens(Example example) throws IOException {
    assertThat(example.results()).as("an example shows what becomes of it").isNotEmpty();
    for (Block result : example.results()) {
      String[] kind = example.given().kind().split(" ", 2);
      switch (kind[0]) {
        case "value" ->
            value(example.given().text(), kind.length > 1 ? kind[1] : "2021-04-16", result);
        case "template" -> template(example.given().text(), result);
        case "parameter" -> parameter(example.given().text(), result);
        case "environments" -> ExampleEnvironments.of(example.given().text()).check(result);
        default -> fail("no example is of kind " + kind[0]);
      }
    }
  }

  private static void value(String expression, String version, Block result) throws IOException {
    boolean conditions = !version.equals("2013-05-23");
    String sections =
        conditions
            ? only("sections")
            : only("sections").replaceAll("(?m)^conditions:\\n(?: .*\\n)+", "");
    String text =
        "heat_template_version: "
            + version
            + "\n"
            + sections
            + "outputs:\n  it:\n    value:\n"
            + expression.indent(6);
    ResourceView view = MapView.of(only("made"));
    if (result.kind().equals("refused")) {
      assertThat(refusal(() -> output(text, view))).endsWith(": " + result.text().strip());
    } else {
      assertThat(output(text, view)).isEqualTo(Templates.json(result.text()));
    }
  }

  private static JsonNode output(String text, ResourceView view) {
    try {
      Template template = Templates.parse(text, Map.of("page.html", only("file").strip()));
      Resolution resolution = Templates.instance(template, "{}").output("it", view);
      return resolution instanceof Resolution.Known known
          ? known.value()
          : fail("the value is not known: " + resolution);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static void template(String text, Block result) {
    switch (result.kind()) {
      case "refused" ->
          assertThat(refusal(() -> Templates.instance(Templates.parse(text), "{}")))
              .isEqualTo(result.text().strip());
      case "outputs" ->
          assertThat(outputs(Templates.instance(Templates.parse(text), "{}")))
              .isEqualTo(Templates.json(result.text()));
      case "order" ->
          assertThat(Templates.instance(Templates.parse(text), "{}").order())
              .isEqualTo(
                  Templates.json(result.text()).valueStream().map(JsonNode::stringValue).toList());
      default -> fail("no result is of kind " + result.kind());
    }
  }

  private static ObjectNode outputs(TemplateInstance instance) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    instance
        .outputs()
        .keySet()
        .forEach(
            name -> {
              if (instance.output(name, ResourceView.NOTHING) instanceof Resolution.Known known) {
                outputs.set(name, known.value());
              }
            });
    return outputs;
  }

  private static void parameter(String definition, Block result) {
    Template template = Templates.newest("parameters:\n  p:\n" + definition.indent(4));
    for (String line : result.text().strip().split("\n", -1)) {
      String[] sides = line.split(" -> ", 2);
      String outcome;
      try {
        Parameters parameters =
            Parameters.of(template, Templates.values("{p: " + sides[0] + "}"), Templates.PSEUDO);
        outcome = parameters.value("p").toString();
      } catch (DocumentException refused) {
        outcome =
            refused.problems().getFirst().message().replaceFirst("^Parameter 'p' is invalid: ", "");
      }
      assertThat(outcome).as(line).isEqualTo(sides[1]);
    }
  }

  private static String refusal(ThrowingCallable action) {
    return Templates.refusal(action);
  }

  @Test
  void listsEveryFunctionWithItsVersions() throws IOException {
    List<String> rows =
        page()
            .lines()
            .filter(line -> line.matches("\\| `[^`]+` \\| (no version|20.*) \\| .*"))
            .toList();
    assertThat(rows)
        .isEqualTo(
            Stream.of(Language.Function.values())
                .map(
                    function ->
                        "| `%s` | %s | %s |"
                            .formatted(
                                function.keyword(),
                                shortened(function.versionsInValues()),
                                shortened(function.versionsInConditions())))
                .toList());
  }

  private static String shortened(String versions) {
    return versions.replace("heat_template_version ", "");
  }

  @Test
  void hasAnExampleOfEveryFunction() throws IOException {
    String examples =
        examples().map(example -> example.given().text()).collect(Collectors.joining());
    for (Language.Function function : Language.Function.values()) {
      assertThat(examples)
          .containsPattern("(?m)(^|[\\s{,\\[])" + Pattern.quote(function.keyword()) + ":");
    }
  }

  @Test
  void namesEveryCustomConstraint() throws IOException {
    assertThat(page()).contains(CustomConstraint.keywords());
  }
}
