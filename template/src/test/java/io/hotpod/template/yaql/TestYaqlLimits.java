package io.hotpod.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nothing that an expression can say costs more than a moment or a little memory. */
final class TestYaqlLimits {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static JsonNode numbers(int count) {
    ArrayNode numbers = NODES.arrayNode();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static YaqlException refusal(String expression, JsonNode data) {
    YaqlException refusal =
        catchThrowableOfType(
            YaqlException.class, () -> Yaql.parse(expression).evaluate(data, YaqlLimits.STANDARD));
    assertThat(refusal).as(expression).isNotNull();
    return refusal;
  }

  /** By the processor's clock, so that a busy machine does not count. */
  private static Duration cost(Runnable work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sequence().len()",
        "1.repeat().len()",
        "sequence().where(false).first()",
        "generate(1, true, $ + 1).len()",
        "range(99999).select(range(99999)).select($.len()).sum()",
        "range(9999).join(range(9999), $1 = -$2, 1).toList()",
        "def(f, f($)) -> f(1)",
        "def(f, [f($ - 1), f($ - 1)].len()) -> f(200)",
        "def(f, switch($ = 0 => 1, true => f($ - 1) + f($ - 1))) -> f(60)",
        "range(5000).aggregate([$1], [])",
        "range(90).aggregate([$1, $1], [1])",
        "let(x => range(60).aggregate([$1, $1], [1])) -> $x = range(60).aggregate([$1, $1], [1])",
        "str(range(60).aggregate([$1, $1], [1]))",
        "set(range(60).aggregate([$1, $1], [1]))",
        "range(60).aggregate([$1, $1], [1]).flatten().len()",
        "range(2000).aggregate($1.select($), [1]).toList()",
        "range(64).aggregate($1 + $1, a)",
        "range(64).aggregate($1 + $1, [1])",
        "range(64).aggregate($1 * $1, 7)",
        "'a' * 2000000000",
        "[1] * 2000000000",
        "pow(7, pow(10, 18))",
        "shiftBitsLeft(1, 2000000000)",
        "'{0:99999999}'.format(1)",
        "'{0:.99999999f}'.format(1.5)",
        "('a' * 5000000).indexOf('a' * 2500000 + 'b')",
        "('a' * 3000000).replace('a', 'aaaaaaaaaa')",
        "('a' * 2000000) =~ '(a*)*(a*)*(a*)*(a*)*b'",
        "range(99999).where(('a' * 1000) =~ '(a+)+b').len()",
        "range(90000).where(regex(str($)).matches('x')).len()",
        "range(99999).toDict($ mod 7, [$]).len() + range(99999).groupBy($).select($[1]).len() * [1]"
      })
  void refusesWhatWouldTakeTooLong(String expression) {
    JsonNode nothing = NODES.nullNode();
    assertThat(cost(() -> refusal(expression, nothing)))
        .as(expression)
        .isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void wideDataIsWorkedThroughInProportion() {
    YaqlExpression expression =
        Yaql.parse("$.data.where($ mod 2 = 0).select($ * 2).orderBy(-$).limit(10).sum()");
    JsonNode small = numbers(5_000);
    JsonNode large = numbers(20_000);
    for (int i = 0; i < 5; i++) {
      expression.evaluate(small, YaqlLimits.STANDARD);
    }
    Duration once = cost(() -> expression.evaluate(small, YaqlLimits.STANDARD));
    Duration fourTimes = cost(() -> expression.evaluate(large, YaqlLimits.STANDARD));
    assertThat(fourTimes).isLessThan(once.multipliedBy(12).plusMillis(100));
  }

  @Test
  void tellsTheLimitAndThePlace() {
    YaqlException refused = refusal("1 + sequence().len()", NODES.nullNode());
    assertThat(refused).hasMessage("the expression takes more than 2000000 steps");
    assertThat(refused.position()).isEqualTo(15);
  }

  @Test
  void deepExpressionsAreRefused() {
    for (String expression :
        new String[] {
          "(".repeat(50_000),
          "[".repeat(30_000),
          "-".repeat(30_000) + "1",
          "not ".repeat(10_000) + "1",
          "1" + "+1".repeat(20_000),
          "$" + ".a".repeat(20_000),
          "$" + "[0]".repeat(20_000),
          "{a=>".repeat(10_000),
          "f(".repeat(20_000)
        }) {
      assertThatThrownBy(() -> Yaql.parse(expression))
          .isInstanceOf(YaqlException.class)
          .hasMessageContaining("nested more than 300 deep");
    }
    assertThatThrownBy(() -> Yaql.parse("a".repeat(70_000)))
        .hasMessageContaining("longer than 65536");
  }

  @Test
  void deepDataIsRefused() {
    ObjectNode data = NODES.objectNode();
    ObjectNode inner = data;
    for (int i = 0; i < 2000; i++) {
      inner = inner.putObject("a");
    }
    assertThat(refusal("$", data)).hasMessageContaining("nested more than 300 deep");
  }

  @Test
  void heatsOwnLimitsCanBeHad() {
    YaqlExpression expression = Yaql.parse("$.data.len()");
    YaqlExpression walk = Yaql.parse("$.data.select($).len()");
    assertThat(expression.evaluate(numbers(300), YaqlLimits.HEAT)).hasToString("300");
    assertThatThrownBy(() -> walk.evaluate(numbers(300), YaqlLimits.HEAT))
        .hasMessageContaining("more than the 200 elements");
    assertThat(walk.evaluate(numbers(300), YaqlLimits.STANDARD)).hasToString("300");
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new YaqlLimits(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new YaqlLimits(1, 1, 1, 1001))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
