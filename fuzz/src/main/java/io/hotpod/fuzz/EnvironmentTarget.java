package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.template.ParameterType;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentLayers;
import java.util.List;
import java.util.Map;

/** Reads any text as one environment or two, and merges them. */
public final class EnvironmentTarget {
  /** Where a second file begins; no reader makes anything of it. */
  private static final String BETWEEN = "\n====\n";

  private static final Map<String, ParameterType> TYPES =
      Map.of(
          "text", ParameterType.STRING,
          "count", ParameterType.NUMBER,
          "names", ParameterType.COMMA_DELIMITED_LIST,
          "labels", ParameterType.JSON,
          "flag", ParameterType.BOOLEAN);

  private EnvironmentTarget() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    int between = text.indexOf(BETWEEN);
    String first = between < 0 ? text : text.substring(0, between);
    String second = between < 0 ? text : text.substring(between + BETWEEN.length());
    Refusals.only(true, () -> EnvironmentFile.parse("t", first));
    Refusals.only(false, () -> merge(first, second));
  }

  private static void merge(String first, String second) {
    Environment merged =
        new EnvironmentLayers(
                List.of(EnvironmentFile.parse("a", first), EnvironmentFile.parse("b", second)),
                Map.of())
            .merged(TYPES);
    for (String type : merged.registry().targets()) {
      // Each circle has a place; where it leads is another matter.
      Refusals.only(
          false,
          () -> merged.registry().resolve(type, "web", name -> name.equals("OS::Heat::None")));
    }
  }
}
