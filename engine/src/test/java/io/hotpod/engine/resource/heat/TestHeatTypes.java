package io.hotpod.engine.resource.heat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.template.schema.PropertyReader;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class TestHeatTypes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DecisionContext CONTEXT = DecisionContext.real("default");

  private static ObjectNode object(String json) {
    return JSON.readValue(json, ObjectNode.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string | 5 | \"5\"",
        "string | {\"a\":1} | \"{\\\"a\\\":1}\"",
        "number | \"5\" | 5",
        "number | \"1.50\" | 1.50",
        "boolean | \"yes\" | true",
        "boolean | \"off\" | false",
        "comma_delimited_list | \"a, b\" | [\"a\",\"b\"]",
        "comma_delimited_list | \"\" | []",
        "json | \"{\\\"a\\\": [1]}\" | {\"a\":[1]}",
      })
  void valuesAreTyped(String type, String given, String expected) {
    ObjectNode properties = object("{\"type\":\"%s\",\"value\":%s}".formatted(type, given));

    assertThat(new ValueType().predictAttribute(properties, "value")).get().hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"number | \"five\"", "boolean | 7", "json | \"{\"", "comma_delimited_list | 5"})
  void aValueOfAnotherTypeIsRefused(String type, String given) {
    List<Problem> problems =
        new ValueType()
            .validate(
                object("{\"type\":\"%s\",\"value\":%s}".formatted(type, given)),
                Set.of(),
                "resources.v",
                path -> Optional.empty());

    assertThat(problems).extracting(Problem::message).containsExactly("the value is not a " + type);
  }

  @Test
  void randomStringsWantRoomForTheirMinimums() {
    List<Problem> problems =
        new RandomStringType(new Random(1))
            .validate(
                object(
                    "{\"length\":3,\"character_classes\":[{\"class\":\"digits\",\"min\":2},"
                        + "{\"class\":\"letters\",\"min\":2}]}"),
                Set.of(),
                "resources.r",
                path -> Optional.empty());

    assertThat(problems)
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("3 is less than 4");
  }

  @Test
  void randomStringsNameAWrongClass() {
    PropertyReader reader =
        new PropertyReader(
            new RandomStringType(new Random(1)).schema(), "resources.r", path -> Optional.empty());

    reader.read(object("{\"character_classes\":[{\"class\":\"didgits\"}]}"), Set.of());

    assertThat(reader.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path())
                  .isEqualTo("resources.r.properties.character_classes[0].class");
              assertThat(problem.advice()).contains("did you mean \"digits\"?");
            });
  }

  @Test
  void aTestResourceIsReplacedWhenItSaysSo() {
    TestResourceType type = new TestResourceType();

    assertThat(
            type.decide(
                    CONTEXT,
                    object("{\"value\":\"a\"}"),
                    object("{\"value\":\"b\",\"update_replace\":true}"),
                    Set.of())
                .kind())
        .isEqualTo(Decision.Kind.REPLACE);
    assertThat(
            type.decide(CONTEXT, object("{\"value\":\"a\"}"), object("{\"value\":\"b\"}"), Set.of())
                .kind())
        .isEqualTo(Decision.Kind.UPDATE);
    assertThat(
            type.decide(
                CONTEXT, object("{\"value\":\"a\"}"), object("{\"value\":\"a\"}"), Set.of()))
        .isEqualTo(Decision.NONE);
  }

  @Test
  void noneNeverChanges() {
    assertThat(
            new NoneType().decide(CONTEXT, object("{\"a\":1}"), object("{\"b\":2}"), Set.of("c")))
        .isEqualTo(Decision.NONE);
  }
}
