package io.hotpod.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few seconds of each target; {@code make fuzz} has the patience for more. The corpus stays in
 * {@code target/fuzz}, so that each run begins where the last one ended.
 */
final class TestFuzzTargets {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("hotpod.fuzz.seconds", 4));

  static List<Class<?>> targets() {
    return List.of(
        TemplateTarget.class,
        EnvironmentTarget.class,
        ManifestTarget.class,
        YaqlTarget.class,
        PatternTarget.class);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void findsNothing(Class<?> target) throws IOException, InterruptedException {
    Jazzing.Outcome outcome = new Jazzing(MODULE, MODULE.resolve("target/fuzz")).run(target, TIME);

    assertThat(outcome.exitCode()).as(outcome.lastLines()).isZero();
    assertThat(outcome.lastLines()).contains("stat::number_of_executed_units");
  }
}
