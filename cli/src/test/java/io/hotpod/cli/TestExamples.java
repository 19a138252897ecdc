package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first page promises. */
final class TestExamples {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(strings = {"web.yaml", "web-front.yaml"})
  void readmeShowsTheExampleAsItIs(String name) throws IOException {
    String template = Files.readString(ROOT.resolve("examples").resolve(name));

    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("```yaml\n" + template + "```\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web.yaml", "site.yaml", "job.yaml"})
  void examplesAreValid(String name) {
    CommandRun run =
        CommandRun.of("http://127.0.0.1:1", ROOT.resolve("examples"), "template", "validate", name);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }
}
