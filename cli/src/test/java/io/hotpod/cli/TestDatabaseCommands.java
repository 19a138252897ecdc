package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with the database of a server, and what a server says of it. */
final class TestDatabaseCommands {
  @TempDir private Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.of("http://127.0.0.1:1", directory, arguments);
  }

  private Engine engine() {
    return Engines.open(
        new EngineSettings(
            directory.resolve("state"), Clock.systemUTC(), () -> UUID.randomUUID().toString()));
  }

  private String key() throws IOException {
    return Files.readString(directory.resolve("state").resolve(EngineSettings.SECRETS_KEY_FILE));
  }

  @Test
  void theKeyIsChanged() throws IOException {
    engine().close();
    String before = key();

    CommandRun run = run("database", "rotate-key", "--state", "state");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).matches("encrypted [0-9]+ texts under a new key\n");
    assertThat(key()).isNotEqualTo(before);
    try (Engine engine = engine()) {
      assertThat(engine.stacks().list(Caller.of("default"), StackFilter.ALL)).isEmpty();
    }
  }

  @Test
  void underARunningServerItIsNot() {
    try (Engine engine = engine()) {
      assertThat(engine.problem()).isEmpty();
      CommandRun run = run("database", "rotate-key", "--state", "state");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("another Hotpod server uses the state directory");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none|jdbc:postgresql://127.0.0.1:1/x|2|--from: there is no directory",
        "empty|jdbc:sqlite:x|2|--to: the URL of a PostgreSQL database begins with",
        "empty|jdbc:postgresql://127.0.0.1:1/x?password=p|2|--to: the URL of the database holds",
        "empty|jdbc:postgresql://127.0.0.1:1/x|1|there is no database in the state directory",
        "state|jdbc:postgresql://127.0.0.1:1/x|1|cannot open the database",
      })
  void aCopyThatCannotBeMadeIsRefused(String from, String to, int exitCode, String words)
      throws IOException {
    engine().close();
    Files.createDirectory(directory.resolve("empty"));
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

    CommandRun run =
        run("database", "copy", "--from", from, "--to", to, "--database-password-file", "password");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--max-stacks|0|--max-stacks: 0 is less than 1.",
        "--keep-events|-1|--keep-events: -1 is less than 1.",
        "--keep-deleted|soon|'soon' is not a time in whole minutes, hours or days",
        "--keep-unused-configs|soon|--keep-unused-configs: 'soon' is not a time",
      })
  void aServerTakesNoLimitsThatMakeNoSense(String option, String value, String words) {
    List<String> arguments = new ArrayList<>(List.of("server", "--state", "state"));
    arguments.addAll(List.of(option, value));

    CommandRun run = run(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(words);
  }
}
