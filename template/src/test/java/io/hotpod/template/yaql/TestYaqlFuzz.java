package io.hotpod.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Expressions cut, spliced and garbled at random: each has an answer or is refused, soon. The
 * properties {@code fuzz.seconds} and {@code fuzz.seed} make it run longer, and elsewhere.
 */
final class TestYaqlFuzz {
  private static final YaqlLimits LIMITS = new YaqlLimits(1000, 100_000, 200_000, 200);
  private static final String ALPHABET =
      "$.()[]{},=>-+*/<!~?'\"`\\ 0123456789abcfilnorstx_\n\u00e9\ud83d\u0000";

  private final List<String> corpus = new ArrayList<>();
  private final List<JsonNode> data = new ArrayList<>();

  /** By the processor's clock, so that a busy machine does not count. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void readCorpus() throws IOException {
    JsonMapper mapper = new JsonMapper();
    try (InputStream table = TestYaqlFuzz.class.getResourceAsStream("python-yaql.jsonl");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(mapper::readTree)
          .forEach(
              row -> {
                if (row.has("data")) {
                  data.add(row.get("data"));
                } else {
                  corpus.add(row.get("expression").stringValue());
                }
              });
    }
  }

  private String pick(Random random) {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private String mutated(Random random) {
    StringBuilder text = new StringBuilder(pick(random));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int place = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), place + random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> text.insert(place, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        case 1 -> text.delete(place, end);
        case 2 -> text.insert(place, pick(random));
        case 3 -> text.insert(place, "." + pick(random));
        case 4 -> text.insert(place, text.substring(place, end));
        default -> {
          text.insert(0, "(").append(") ").append("+-*=<".charAt(random.nextInt(5))).append(' ');
          text.append(pick(random));
        }
      }
    }
    return text.toString();
  }

  private void check(String expression) {
    try {
      YaqlExpression parsed = Yaql.parse(expression);
      parsed.evaluate(data.getFirst(), LIMITS);
    } catch (YaqlException refused) {
      assertThat(refused.position()).as(expression).isBetween(0, expression.length());
      assertThat(refused.getMessage()).as(expression).isNotEmpty();
    }
  }

  @Test
  void everyExpressionIsAnsweredOrRefused() throws IOException {
    readCorpus();
    long seed = Long.getLong("fuzz.seed", 4711);
    Random random = new Random(seed);
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("fuzz.seconds", 3)).toNanos();
    long runs = 0;
    long slowest = 0;
    String slowestExpression = "";
    while (System.nanoTime() < end) {
      String expression = mutated(random);
      long start = processorTime();
      try {
        check(expression);
      } catch (RuntimeException | StackOverflowError wrong) {
        throw new AssertionError("seed " + seed + ", run " + runs + ": " + expression, wrong);
      }
      long cost = processorTime() - start;
      if (cost > slowest) {
        slowest = cost;
        slowestExpression = expression;
      }
      runs++;
    }
    System.out.printf(
        Locale.ROOT,
        "%d expressions, the slowest %d ms of the processor: %s%n",
        runs,
        slowest / 1_000_000,
        slowestExpression);
    assertThat(runs).isGreaterThan(100);
    assertThat(Duration.ofNanos(slowest)).as(slowestExpression).isLessThan(Duration.ofSeconds(2));
  }
}
