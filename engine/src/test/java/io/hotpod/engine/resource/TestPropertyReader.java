package io.hotpod.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TestPropertyReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "Test::Type",
          "",
          List.of(
              PropertyDefinition.of("must", PropertyType.STRING, "").mandatory(),
              PropertyDefinition.of("text", PropertyType.STRING, ""),
              PropertyDefinition.of("count", PropertyType.INTEGER, "").between(1, 10),
              PropertyDefinition.of("ratio", PropertyType.NUMBER, ""),
              PropertyDefinition.of("flag", PropertyType.BOOLEAN, ""),
              PropertyDefinition.of("map", PropertyType.MAP, ""),
              PropertyDefinition.of("list", PropertyType.LIST, ""),
              PropertyDefinition.of("any", PropertyType.ANY, ""),
              PropertyDefinition.of("choice", PropertyType.STRING, "")
                  .oneOf(List.of("READY", "RUNNING")),
              PropertyDefinition.of("fallback", PropertyType.INTEGER, "")
                  .withDefault(JsonNodeFactory.instance.numberNode(7))),
          Map.of());

  private static PropertyReader reader() {
    return new PropertyReader(
        SCHEMA, "resources.r", name -> Optional.of(new Location("t", 3, name.length() + 1)));
  }

  private static ObjectNode object(String json) {
    return JSON.readValue(json, ObjectNode.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | \"a\" | \"a\"",
        "text | 5 | \"5\"",
        "text | true | \"True\"",
        "count | 5 | 5",
        "count | \"5\" | 5",
        "ratio | 1.5 | 1.5",
        "ratio | \"1.5\" | 1.5",
        "flag | true | true",
        "flag | \"FALSE\" | false",
        "map | {\"a\":1} | {\"a\":1}",
        "list | [1] | [1]",
        "any | [null] | [null]",
        "choice | \"READY\" | \"READY\"",
      })
  void coercesAsHeatDoes(String name, String given, String expected) {
    PropertyReader reader = reader();

    ObjectNode read =
        reader.read(object("{\"must\":\"x\",\"%s\":%s}".formatted(name, given)), Set.of());

    assertThat(reader.problems()).isEmpty();
    assertThat(read.get(name)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | [1] | [1] is not a string",
        "count | 1.5 | 1.5 is not a integer",
        "count | \"x\" | \"x\" is not a integer",
        "count | 11 | 11 is out of range (min: 1, max: 10)",
        "ratio | \"one\" | \"one\" is not a number",
        "flag | \"yes\" | \"yes\" is not a boolean",
        "map | [] | [] is not a map",
        "list | {} | {} is not a list",
        "choice | \"REDY\" | \"REDY\" is not an allowed value [READY, RUNNING]",
      })
  void refusesWithPathAndPlace(String name, String given, String message) {
    PropertyReader reader = reader();

    reader.read(object("{\"must\":\"x\",\"%s\":%s}".formatted(name, given)), Set.of());

    assertThat(reader.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).isEqualTo(message);
              assertThat(problem.path()).isEqualTo("resources.r.properties." + name);
              assertThat(problem.location()).contains(new Location("t", 3, name.length() + 1));
            });
  }

  @Test
  void namesWhatIsMissingAndWhatIsUnknown() {
    PropertyReader reader = reader();

    reader.read(object("{\"txet\":\"x\"}"), Set.of());

    assertThat(reader.problems())
        .extracting(Problem::message)
        .containsExactly("Unknown Property txet", "Property must not assigned");
    assertThat(reader.problems().getFirst().advice()).contains("did you mean \"text\"?");
  }

  @Test
  void takesUnknownValuesOnTrustAndFillsDefaultsIn() {
    PropertyReader reader = reader();

    ObjectNode read = reader.read(object("{}"), Set.of("must"));

    assertThat(reader.problems()).isEmpty();
    assertThat(read).hasToString("{\"fallback\":7}");
  }

  @Test
  void nullIsAsIfNothingWasGiven() {
    PropertyReader reader = reader();

    ObjectNode read = reader.read(object("{\"must\":\"x\",\"fallback\":null}"), Set.of());

    assertThat(read.get("fallback").intValue()).isEqualTo(7);
  }
}
