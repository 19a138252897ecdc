package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packages give to man and to the shell. */
final class TestManual {
  @TempDir Path directory;

  @Test
  void manualHasEveryCommandAsItsHelpHasIt() {
    CommandRun run = CommandRun.of("http://127.0.0.1:1", directory, "manual");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(".TH HOTPOD 1 ")
        .contains(
            ".SS hotpod stack create\n",
            ".SS hotpod server\n",
            "\\-\\-template=FILE",
            ".nf\nUsage: ")
        .doesNotContain(".SS hotpod manual");
    assertThat(run.out().lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|nf|fi)( .*)?"));
  }

  @Test
  void completionKnowsCommandsAndOptions() throws Exception {
    CommandRun run = CommandRun.of("http://127.0.0.1:1", directory, "completion");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("_complete_hotpod", "--template", "suspend");
  }
}
