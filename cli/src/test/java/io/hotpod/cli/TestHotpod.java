package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, and the exit code that scripts see. */
final class TestHotpod {
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stack craete                        | Did you mean 'create'?",
        "stack create web                    | Missing required option: '--template=FILE'",
        "stack create -t x --timeout soon w  | 'soon' is not a time in whole minutes or hours, such"
            + " as 5m or 1h",
        "stack create -t x --timeout 90s w   | '90s' is not a time in whole minutes or hours, such"
            + " as 5m or 1h",
        "stack create -t x -p token w        | Value for option '--parameter'",
        "stack create -t no.yaml w           | the template no.yaml does not exist.",
        "stack create -t . w                 | the template . is a directory, not a file.",
        "template validate /dev/zero         | /dev/zero is not a regular file and is longer than 2"
            + " MiB.",
        "stack plan -t x --timeout 5m w      | 'hotpod stack plan' does not know '--timeout'.",
        "stack events --last 0 w             | --last takes a number from 1.",
        "stack events --last=-3 w            | --last takes a number from 1.",
        "pod logs --tail=-1 p                | --tail takes a number from 0.",
        "pod logs --json p                   | leave out --json",
        "server --json                       | 'hotpod server' does not know '--json'.",
        "dev --server x                      | 'hotpod dev' does not know '--server'.",
        "template validate x --project y     | 'hotpod template validate' does not know"
            + " '--project'.",
        "stack create -t x                   | Missing required parameter: 'NAME'",
        "stack                               | Missing required subcommand",
        "stack list --sever x                | Did you mean '--server'?",
        "stack list --server nonsense        | \"nonsense\" is not the URL of a server.",
        "instance join-token --valid-minutes 0 | --valid-minutes takes a number from 1 to 10080",
        "instance join-token --valid-minutes 999999999 | --valid-minutes takes a number from 1 to"
            + " 10080",
        "agent                               | --name is missing",
        "help stack nonsense                 | hotpod stack has no command 'nonsense'",
      })
  void wrongUsageEndsWithTwoAndSaysWhat(String arguments, String message) {
    CommandRun run = CommandRun.of(NOWHERE, directory, arguments.strip().split(" +"));

    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stack show       | NAME",
        "stack outputs    | NAME",
        "stack delete web | NAME",
        "pod show         | POD",
        "instance show    | NAME",
        "pod list --stack | --stack",
        "agent --name     | --name",
      })
  void nothingIsDoneForAnEmptyName(String words, String what) {
    try (FakeServer server = new FakeServer()) {
      String[] command = (words.strip() + " ").split(" ", -1);

      CommandRun run = CommandRun.of(server.url(), directory, command);

      assertThat(run.err()).startsWith("hotpod: " + what + " is empty.\n");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(server.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "help", "help stack create", "stack create --help", "pod --help"})
  void helpGoesToStandardOutput(String arguments) {
    CommandRun run = CommandRun.of(NOWHERE, directory, arguments.split(" "));

    assertThat(run.out()).startsWith("Usage: hotpod");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    CommandRun run = CommandRun.of(NOWHERE, directory, "--version");

    assertThat(run.out()).matches("hotpod [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void absentServerIsToldWithItsUrlAndWhatToDo() {
    CommandRun run = CommandRun.of(NOWHERE, directory, "stack", "list");

    assertThat(run.err())
        .isEqualTo(
            """
            hotpod: no server answers at http://127.0.0.1:1.
            Start one with 'hotpod dev', or name another with --server URL or HOTPOD_SERVER.
            """);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void globalOptionsStandAnywhere() {
    try (FakeServer server = new FakeServer()) {
      server.on("GET /stacks", 200, "{\"stacks\": []}");

      CommandRun before =
          CommandRun.of(NOWHERE, directory, "--server", server.url(), "stack", "list");
      CommandRun after =
          CommandRun.of(NOWHERE, directory, "stack", "list", "--json", "--server", server.url());

      assertThat(before.out()).isEqualTo("No stacks.\n");
      assertThat(after.out()).contains("\"stacks\" : [ ]");
    }
  }

  @Test
  void projectIsPartOfThePath() {
    try (FakeServer server = new FakeServer()) {
      CommandRun run = CommandRun.of(server.url(), directory, "stack", "list", "--project", "a b");

      assertThat(server.asked()).singleElement().returns("/v1/a b/stacks", FakeServer.Asked::path);
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }
}
