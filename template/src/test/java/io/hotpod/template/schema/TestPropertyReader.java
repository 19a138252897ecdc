package io.hotpod.template.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.List;
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
              PropertyDefinition.of("texts", PropertyType.LIST, "")
                  .ofEach(PropertyDefinition.each(PropertyType.STRING, "")),
              PropertyDefinition.of("loose", PropertyType.LIST, "").convertible(),
              PropertyDefinition.of("ports", PropertyType.LIST, "").ofEach(port()),
              PropertyDefinition.of("named", PropertyType.MAP, "").ofEach(port()),
              PropertyDefinition.of("secret", PropertyType.MAP, "")
                  .secret()
                  .ofEach(PropertyDefinition.each(PropertyType.INTEGER, "").between(0, 9)),
              PropertyDefinition.of("vault", PropertyType.MAP, "")
                  .secret()
                  .holding(
                      List.of(
                          PropertyDefinition.of("pin", PropertyType.INTEGER, "").between(0, 9))),
              PropertyDefinition.of("old", PropertyType.STRING, "")
                  .supported(SupportStatus.unsupported("use text")),
              PropertyDefinition.of("fallback", PropertyType.INTEGER, "")
                  .withDefault(JsonNodeFactory.instance.numberNode(7))),
          List.of());

  private static PropertyDefinition port() {
    return PropertyDefinition.each(PropertyType.MAP, "")
        .holding(
            List.of(
                PropertyDefinition.of("port", PropertyType.INTEGER, "").mandatory(),
                PropertyDefinition.of("protocol", PropertyType.STRING, "")
                    .withDefault(JsonNodeFactory.instance.stringNode("TCP"))));
  }

  private static PropertyReader reader() {
    return new PropertyReader(
        SCHEMA,
        "resources.r",
        at -> Optional.of(new Location("t", 3, String.join(".", at).length() + 1)));
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
        "count | 5.9 | 5",
        "count | true | 1",
        "count | \" 1_0 \" | 10",
        "ratio | 1.5 | 1.5",
        "ratio | \"2\" | 2",
        "ratio | \"-1e3\" | -1000.0",
        "text | null | \"\"",
        "ratio | null | 0",
        "flag | null | false",
        "list | null | []",
        "map | null | {}",
        "any | null | null",
        "texts | [1,true,null] | [\"1\",\"True\",\"\"]",
        "loose | \"a,b\" | [\"a\",\"b\"]",
        "ports | [{\"port\":\"80\"}] | [{\"port\":80,\"protocol\":\"TCP\"}]",
        "named | {\"x\":{\"port\":1}} | {\"x\":{\"port\":1,\"protocol\":\"TCP\"}}",
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
        "text | [1] | Value must be a string; got [1]",
        "text | 1.5 | Value must be a string; got 1.5",
        "count | [1] | Value '[1]' is not an integer",
        "count | \"1.5\" | Value '1.5' is not an integer",
        "count | 11 | 11 is out of range (min: 1, max: 10)",
        "ratio | \"one\" | Value 'one' is not a number",
        "ratio | \"inf\" | Value 'inf' is not a number",
        "flag | \"yes\" | \"yes\" is not a valid boolean",
        "flag | 1 | \"1\" is not a valid boolean",
        "map | [] | \"[]\" is not a map",
        "list | {} | \"{}\" is not a list",
        "list | \"a,b\" | \"a,b\" is not a list",
        "choice | \"REDY\" | \"REDY\" is not an allowed value [\"READY\", \"RUNNING\"]",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ports\":[{},{\"port\":1}]} | ports[0] | Property port not assigned",
        "{\"ports\":[{\"port\":1,\"prot\":2}]} | ports[0].prot | Unknown Property prot",
        "{\"named\":{\"x\":{\"port\":\"?\"}}} | named.x.port | Value '?' is not an integer",
        "{\"texts\":[\"a\",[]]} | texts[1] | Value must be a string; got []",
        "{\"secret\":{\"pin\":\"hush\"}} | secret.pin | Value '******' is not an integer",
        "{\"secret\":{\"pin\":77}} | secret.pin | ****** is out of range (min: 0, max: 9)",
        "{\"vault\":{\"pin\":77}} | vault.pin | ****** is out of range (min: 0, max: 9)",
        "{\"old\":\"x\"} | old | Property old not implemented yet",
      })
  void refusesInsideMapsAndLists(String given, String path, String message) {
    PropertyReader reader = reader();
    ObjectNode properties = object(given);
    properties.put("must", "x");

    reader.read(properties, Set.of());

    assertThat(reader.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("resources.r.properties." + path);
              assertThat(problem.message()).isEqualTo(message);
            });
  }
}
