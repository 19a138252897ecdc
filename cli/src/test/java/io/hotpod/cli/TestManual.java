package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** The last word of a line is what is being typed. */
  @ParameterizedTest
  @CsvSource({
    "hotpod st, stack",
    "hotpod --server http://stack stack susp, suspend",
    "hotpod stack create -t list --temp, --template",
    "hotpod stack -, --project",
    "hotpod instance list create, ''",
    "hotpod man, ''"
  })
  void fishCompletes(String line, String expected) throws Exception {
    assumeThat(Path.of("/usr/bin/fish")).exists();
    CommandRun run = CommandRun.of("http://127.0.0.1:1", directory, "completion", "fish");
    Path file = Files.writeString(directory.resolve("hotpod.fish"), run.out());

    List<String> offered =
        shell("fish", "--no-config", "-c", "source " + file + "; complete -C '" + line + "'");

    List<String> words = offered.stream().map(each -> each.split("\t", -1)[0]).toList();
    if (expected.isEmpty()) {
      assertThat(words).isEmpty();
    } else {
      assertThat(words).contains(expected).doesNotContain("manual");
    }
  }

  /** Types into a terminal of its own, as zsh completes nowhere else. */
  @Test
  void zshCompletes() throws Exception {
    assumeThat(Path.of("/usr/bin/zsh")).exists();
    CommandRun run = CommandRun.of("http://127.0.0.1:1", directory, "completion", "zsh");
    Files.writeString(directory.resolve("_hotpod"), run.out());
    Path script =
        Files.writeString(
            directory.resolve("typing.zsh"),
            """
            zmodload zsh/zpty
            zpty typist 'TERM=dumb zsh -f -i'
            zpty -w typist "fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D"
            zpty -w typist 'hotpod() { echo "run:$*:" }; echo rea""dy'
            while zpty -r typist line; do [[ $line == *ready* ]] && break; done
            for typed in 'stack susp' 'template val'; do
              zpty -w -n typist "hotpod $typed"$'\\t\\n'
              while zpty -r typist line; do
                print -r -- "$line"
                [[ $line == *run:*:* ]] && break
              done
            done
            zpty -d typist
            """);

    assertThat(String.join("\n", shell("zsh", "-f", script.toString(), directory.toString())))
        .contains("run:stack suspend:", "run:template validate:")
        .doesNotContain("not found");
  }

  private List<String> shell(String... command) throws Exception {
    // Into a file: fish leaves something behind that goes on and would hold a pipe open.
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
      assertThat(process.exitValue()).as("exit code").isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
