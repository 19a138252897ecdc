package io.hotpod.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestYaql {
  private static final JsonNode DATA =
      new JsonMapper().readTree("{\"servers\": [{\"name\": \"a\", \"ip\": \"::1\"}], \"n\": 7}");

  private static String refusal(String expression) {
    try {
      JsonNode result = Yaql.parse(expression).evaluate(DATA, YaqlLimits.STANDARD);
      throw new AssertionError(expression + " gave " + result);
    } catch (YaqlException refused) {
      return refused.position() + ": " + refused.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$.data.servers.selct($)|15: unknown method \"\"selct\"\"; did you mean \"\"select\"\"?",
        "1 + count([1])|4: \"\"count\"\" is a method and not a function: write value.count(...)",
        "[1].str()|4: \"\"str\"\" is a function and not a method: write str(...)",
        "not(true)|0: \"\"not\"\" is an operator and not a function: write a blank behind it",
        "now()|0: the function \"\"now\"\" is not supported: the time is another at every"
            + " evaluation",
        "$.data.severs|7: there is no key \"\"severs\"\"; did you mean \"\"servers\"\"?",
        "$.data.servers[3]|14: there is no element 3 in a list of 1",
        "1 + 'a'|2: the operator \"\"+\"\" does not take an integer and a string",
        "'a'.substring('b')|4: substring takes (string: string, start: int, length: int = -1);"
            + " given was (a string, a string)",
        "'x' =~ 'a(?=b)c'|4: the pattern is refused at its position 1: look-ahead (?=...) is not"
            + " supported: patterns run in linear time here. Supported are literals, sets, classes,"
            + " groups, alternatives, quantifiers, anchors and flags",
        "[1, 2|5: expected \"\",\"\" instead of the end",
        "1 # 2|2: illegal character \"\"#\"\"",
        "$.data.servers.select($.nme)|24: there is no key \"\"nme\"\"; did you mean \"\"name\"\"?",
        "let(a => 1)|0: the result holds a context, which only \"\"->\"\" takes, which JSON has"
            + " not",
        "float('nan')|0: the result holds nan, which JSON has not"
      })
  void saysWhatIsWrongAndWhere(String expression, String expected) {
    assertThat(refusal(expression)).isEqualTo(expected.replace("\"\"", "\""));
  }

  @Test
  void listsWhatThereIsWhenNothingIsNear() {
    assertThat(refusal("xyzzy(1)")).contains("supported are abs, all, any,", "switch, with");
  }

  @Test
  void anExpressionIsEvaluatedAgainAndAgain() {
    YaqlExpression expression = Yaql.parse("$.data.n + 1");
    assertThat(expression.evaluate(DATA, YaqlLimits.STANDARD)).hasToString("8");
    assertThat(expression.evaluate(DATA, YaqlLimits.STANDARD)).hasToString("8");
    assertThat(expression.text()).isEqualTo("$.data.n + 1");
    assertThat(expression).hasToString("$.data.n + 1");
  }

  @Test
  void setsComeOutInTheOrderOfTheirMembers() {
    assertThat(Yaql.parse("set(3, 1, 2, 1)").evaluate(DATA, YaqlLimits.STANDARD))
        .hasToString("[3,1,2]");
  }

  @Test
  void namedGroupsCanBeUsed() {
    assertThat(
            Yaql.parse("regex('(?P<n>[0-9]+)').search('a12', $n.value)")
                .evaluate(DATA, YaqlLimits.STANDARD))
        .hasToString("\"12\"");
  }
}
