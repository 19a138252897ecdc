package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What Heat itself takes for an address, a name, a time, against what is taken here. The table is
 * written by {@code scripts/measure-heat-functions.py}.
 */
final class TestCustomConstraints {
  /** A check has no clock, so a time that has passed is a time. */
  private static final Map<String, Boolean> DIFFERENCES =
      Map.of("expiration 2020-01-01T00:00:00Z", true);

  static Stream<JsonNode> rows() {
    return Templates.rows("/heat/constraints.jsonl");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areAsStrictAsHeat(JsonNode row) {
    String name = row.path("constraint").stringValue();
    String value = row.path("value").stringValue();
    boolean expected =
        DIFFERENCES.getOrDefault(name + " " + value, row.path("valid").booleanValue());
    CustomConstraint constraint = CustomConstraint.of(name).orElseThrow();
    assertThat(constraint.problem(value).isEmpty()).as(name + " " + value).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": [1]} | true
          [] | true
          1 | true
          {a: 1} | false
          {"a": 1} x | false
          `` | false
          """)
  void knowJson(String text, boolean valid) {
    assertThat(CustomConstraint.JSON_STRING.problem(text).isEmpty()).isEqualTo(valid);
  }

  @Test
  void takeAnythingForATest() {
    assertThat(CustomConstraint.TEST_CONSTR.problem("anything")).isEmpty();
  }

  @Test
  void areCheckedOnParameters() {
    Template template =
        Templates.newest(
            """
            parameters:
              address: {type: string, constraints: [{custom_constraint: ip_addr}]}
              secret: {type: string, hidden: true, constraints: [{custom_constraint: ip_addr}]}
              named:
                type: string
                constraints: [{custom_constraint: mac_addr, description: it needs a MAC}]
            """);
    assertThat(
            Templates.refusal(
                () -> Templates.instance(template, "{address: x, secret: y, named: z}")))
        .isEqualTo(
            """
            parameters.address: Parameter 'address' is invalid: Error validating value 'x': Invalid IP address
            parameters.secret: Parameter 'secret' is invalid: Error validating value '******': Invalid IP address
            parameters.named: Parameter 'named' is invalid: it needs a MAC""");
  }
}
