package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.template.yaql.Yaql;
import io.hotpod.template.yaql.YaqlException;
import io.hotpod.template.yaql.YaqlLimits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads any text as an expression of yaql, and evaluates it over some data. */
public final class YaqlTarget {
  private static final YaqlLimits LIMITS = new YaqlLimits(1000, 100_000, 200_000, 200);
  private static final JsonNode DATA =
      new JsonMapper()
          .readTree(
              "{\"l\": [3, 1, 2], \"m\": {\"a\": 1, \"b\": [1.5, null]}, \"s\": \"a,b c\","
                  + " \"o\": [{\"n\": \"x\", \"v\": 1}, {\"n\": \"y\", \"v\": 2}]}");

  private YaqlTarget() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Refusals.only(false, () -> evaluate(text));
  }

  private static void evaluate(String text) {
    try {
      Yaql.parse(text).evaluate(DATA, LIMITS);
    } catch (YaqlException refused) {
      if (refused.position() < 0 || refused.position() > text.length()) {
        throw new IllegalStateException("refused at " + refused.position(), refused);
      }
    }
  }
}
