package io.hotpod.template;

import static io.hotpod.template.Templates.PSEUDO;
import static io.hotpod.template.Templates.json;
import static io.hotpod.template.Templates.lines;
import static io.hotpod.template.Templates.newest;
import static io.hotpod.template.Templates.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TestParameters {
  private static Parameters of(String definition, String value) {
    return Parameters.of(
        newest("parameters: {p: " + definition + "}"),
        Templates.values("{p: " + value + "}"),
        PSEUDO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          string | "x" | "x" | x
          string | 5 | "5" | 5
          string | 1.0e+20 | "1e+20" | 1e+20
          string | true | "True" | True
          number | 5 | 5 | 5
          number | "5" | 5 | 5
          number | " -7 " | -7 | -7
          number | "1.50" | 1.5 | 1.5
          number | "1e3" | 1000.0 | 1000.0
          number | "99999999999999999999" | 99999999999999999999 | 99999999999999999999
          boolean | true | true | True
          boolean | "Yes" | true | True
          boolean | "1" | true | True
          boolean | 0 | false | False
          boolean | "off" | false | False
          boolean | "F" | false | False
          comma_delimited_list | "a,b, ,,c" | ["a","b"," ","","c"] | a,b, ,,c
          comma_delimited_list | "" | [] | ``
          comma_delimited_list | [a, 1, true] | ["a","1","True"] | a,1,True
          json | {b: 1, a: [x, null]} | {"b":1,"a":["x",null]} | {"b": 1, "a": ["x", null]}
          json | [1] | [1] | [1]
          json | "{\\"a\\": 1.5}" | {"a":1.5} | {"a": 1.5}
          json | "" | "" | ""
          json | 5 | 5 | 5
          """)
  void readsWhatPeopleGive(String type, String given, String value, String shown) {
    Parameters parameters = of("{type: " + type + "}", given);
    assertThat(parameters.value("p")).hasToString(value);
    assertThat(parameters.display()).containsEntry("p", shown);
  }

  /** As a server may read them from JSON, where they are no texts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: string} | \"1e999\"",
        "{type: number, constraints: [{modulo: {step: 2, offset: 0}}]} | \"1e999999999\"",
        "{type: comma_delimited_list} | [\"1e999\"]",
        "{type: json} | {\"a\": [\"-1e999\"]}",
        "{type: boolean} | \"1e999\"",
      })
  void refusesDecimalsThatAreNoDoubles(String definition, String given) {
    Template template = newest("parameters: {p: " + definition + "}");
    Map<String, JsonNode> values = Map.of("p", decimals(json(given)));
    assertThat(refusal(() -> Parameters.of(template, values, PSEUDO)))
        .contains("Parameter 'p' is invalid: a number is too large");
  }

  @Test
  void readsDecimalsAsDoubles() {
    Template template = newest("parameters: {p: {type: number}}");
    Map<String, JsonNode> values = Map.of("p", decimals(json("\"1.50\"")));
    assertThat(Parameters.of(template, values, PSEUDO).value("p")).hasToString("1.5");
  }

  /** The same with a decimal for each text. */
  private static JsonNode decimals(JsonNode value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value.isString()) {
      return nodes.numberNode(new BigDecimal(value.stringValue()));
    }
    if (value.isArray()) {
      ArrayNode items = nodes.arrayNode();
      value.forEach(item -> items.add(decimals(item)));
      return items;
    }
    ObjectNode entries = nodes.objectNode();
    value.propertyStream().forEach(each -> entries.set(each.getKey(), decimals(each.getValue())));
    return entries;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: number} | x | Value must be a number
          {type: number} | "1 2" | Value must be a number
          {type: number} | "nan" | Value must be a number
          {type: number} | "1e999" | Value must be a number
          {type: number} | true | Value must be a number
          {type: number} | "" | Value must be a number
          {type: boolean} | maybe | Unrecognized value, acceptable values are: 0, 1, f, false, n, no, off, on, t, true, y, yes
          {type: comma_delimited_list} | 5 | Value must be a comma-delimited list string
          {type: json} | "{a" | Value must be valid JSON: it breaks off at line 1 column 2
          {type: json} | "{} x" | Value must be valid JSON: it breaks off at line 1 column 4
          {type: json} | " " | Value must be valid JSON: it is blank
          {type: json} | "[1e999]" | Value must be valid JSON: a number is too large
          {type: string, constraints: [{length: {min: 2, max: 3}}]} | a | length (1) is out of range (min: 2, max: 3)
          {type: string, constraints: [{length: {max: 3}}]} | abcd | length (4) is out of range (min: None, max: 3)
          {type: comma_delimited_list, constraints: [{length: {min: 3}}]} | "a,b" | length (2) is out of range (min: 3, max: None)
          {type: json, constraints: [{length: {min: 1}}]} | {} | length (0) is out of range (min: 1, max: None)
          {type: number, constraints: [{range: {min: 1, max: 5}}]} | 6 | 6 is out of range (min: 1, max: 5)
          {type: number, constraints: [{range: {min: 1.5}}]} | "1.4" | 1.4 is out of range (min: 1.5, max: None)
          {type: number, constraints: [{modulo: {step: 3, offset: 1}}]} | 6 | 6 is not a multiple of 3 with an offset of 1
          {type: string, constraints: [{allowed_values: [a, 1]}]} | b | "b" is not an allowed value ["a", "1"]
          {type: comma_delimited_list, constraints: [{allowed_values: [a, b]}]} | "a,c" | ["a", "c"] is not an allowed value ["a", "b"]
          {type: string, constraints: [{allowed_pattern: "[a-z]+"}]} | ab1 | "ab1" does not match pattern "[a-z]+"
          {type: string, constraints: [{allowed_pattern: "[a-z]+", description: Letters only}]} | ab1 | Letters only
          {type: string, hidden: true, constraints: [{allowed_pattern: "[a-z]+"}]} | secret1 | "******" does not match pattern "[a-z]+"
          {type: number, hidden: true, constraints: [{range: {max: 1}}]} | 4711 | ****** is out of range (min: None, max: 1)
          """)
  void saysWhyAValueDoesNotFit(String definition, String given, String reason) {
    assertThat(refusal(() -> of(definition, given)))
        .isEqualTo("parameters.p: Parameter 'p' is invalid: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: string, constraints: [{length: {min: 2, max: 2}}]} | 😀é
          {type: number, constraints: [{range: {min: 1, max: 5}}]} | 5
          {type: number, constraints: [{range: {min: "0.1"}}]} | 0.1
          {type: number, constraints: [{modulo: {step: 3, offset: 0}}]} | 6
          {type: number, constraints: [{range: {min: 1}, modulo: {step: 2, offset: 0}}]} | "4"
          {type: string} | [a]
          {type: comma_delimited_list} | [[a], {b: c}]
          {type: number, constraints: [{modulo: {step: -3, offset: -1}}]} | -4
          {type: number, constraints: [{allowed_values: [1, "2"]}]} | 2.0
          {type: boolean, constraints: [{allowed_values: [true]}]} | "yes"
          {type: string, constraints: [{allowed_values: [1, x]}]} | "1"
          {type: comma_delimited_list, constraints: [{allowed_values: [a, b]}]} | [b, a, b]
          """)
  void acceptsWhatFits(String definition, String given) {
    assertThat(of(definition, given).contains("p")).isTrue();
  }

  @Test
  void takesDefaultsAndPseudoParameters() {
    Template template =
        newest("parameters: {a: {type: number, default: \"5\"}, b: {type: json, default: {x: 1}}}");
    Parameters parameters = Parameters.of(template, Templates.values("{b: null}"), PSEUDO);
    assertThat(parameters.value("a")).isEqualTo(json("5"));
    assertThat(parameters.display())
        .containsExactly(
            entry("OS::stack_id", "id-1"),
            entry("OS::stack_name", "shop"),
            entry("OS::project_id", "default"),
            entry("a", "5"),
            entry("b", "{\"x\": 1}"));
  }

  @Test
  void hidesWhatIsHidden() {
    Parameters parameters = of("{type: string, hidden: true}", "swordfish");
    assertThat(parameters.display()).containsEntry("p", "******");
    assertThat(parameters.toString()).doesNotContain("swordfish");
    assertThat(parameters.value("p")).isEqualTo(json("swordfish"));
  }

  @Test
  void tellsWhatIsMissingAndWhatIsNotDefined() {
    Template template = newest("parameters:\n  image: {type: string}\n  size: {type: number}\n");
    assertThat(
            refusal(() -> Parameters.of(template, Templates.values("{imgae: x, size: y}"), PSEUDO))
                .lines())
        .containsExactlyInAnyOrder(
            "parameters.imgae: The Parameter (imgae) was not defined in template.; did you mean"
                + " \"image\"?",
            "t:3:3: parameters.image: The Parameter (image) was not provided.",
            "parameters.size: Parameter 'size' is invalid: Value must be a number");
  }

  @Test
  void doesWithoutValuesForValidation() {
    Template template =
        newest(
            lines(
                "parameters:~  a: {type: string, constraints: [{length: {min: 1}}]}~"
                    + "  b: {type: number}~  c: {type: boolean}~  d: {type: json}~"
                    + "  e: {type: comma_delimited_list}"));
    Parameters parameters = Parameters.forValidation(template, Map.of(), PSEUDO);
    assertThat(parameters.names()).contains("a", "b", "c", "d", "e");
    assertThat(parameters.value("b")).isEqualTo(json("0"));
    assertThat(
            refusal(() -> Parameters.forValidation(template, Templates.values("{a: ''}"), PSEUDO)))
        .contains("length (0) is out of range");
  }
}
