package io.hotpod.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.cli.CommandRun;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The quick way of reading a hook's arguments says the same as picocli, or nothing. */
final class TestRunHook {
  private final Session session = session();

  @TempDir Path directory;

  private static Session session() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Session(
        new Terminal(nowhere, nowhere, false, false),
        Map.of(),
        Path.of(""),
        Clock.systemUTC(),
        () -> "id");
  }

  @Test
  void readsEachOptionAsPicocliDoes() {
    List<String> apart = new ArrayList<>(List.of("hook"));
    List<String> joined = new ArrayList<>(List.of("hook"));
    for (OptionSpec option :
        new CommandLine(new RunHook(session)).getCommandSpec().options().stream().toList()) {
      String name = option.longestName();
      if (option.arity().max() == 0) {
        apart.add(name);
        joined.add(name);
      } else {
        String value = option.type().isEnum() ? "kubelet" : "value-of" + name;
        apart.add(name);
        apart.add(value);
        joined.add(name + "=" + value);
      }
    }
    RunHook expected = new RunHook(session);
    new CommandLine(expected).parseArgs(apart.subList(1, apart.size()).toArray(String[]::new));

    assertThat(apart).contains("--state", "--verbose", "--name", "--runtime", "--kubelet-url");
    for (List<String> given : List.of(apart, joined)) {
      Optional<RunHook> read = RunHook.read(session, given);
      assertThat(read).as("read quickly: " + given).isPresent();
      assertThat(read.orElseThrow())
          .usingRecursiveComparison()
          .ignoringFields("session")
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack list",
        "--project p hook",
        "hook --help",
        "hook word",
        "hook --nonsense x",
        "hook --name",
        "hook --name=",
        "hook --name --verbose",
        "hook --name @file",
        "hook --verbose=yes",
        "hook --name a --name b",
        "hook --runtime docker",
      })
  void leavesEverythingElseToPicocli(String arguments) {
    assertThat(RunHook.read(session, List.of(arguments.split(" ")))).isEmpty();
  }

  @Test
  void tellsWhatIsWrongInTheSameWords() {
    String state = directory.resolve("state").toString();
    CommandRun quick = CommandRun.ofHook(directory, "hook", "--state", state, "--kubelet-url", "x");
    CommandRun usual =
        CommandRun.of(
            "http://127.0.0.1:1", directory, "hook", "--state", state, "--kubelet-url", "x");

    assertThat(quick).isEqualTo(usual);
    assertThat(quick.exitCode()).isEqualTo(2);
  }
}
