package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.cli.process.RunAgent;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The small way of reading an agent's arguments says the same as picocli, or nothing. */
final class TestAgentMain {
  /** Options of all commands that mean nothing to an agent. */
  private static final Set<String> NOT_OFFERED = Set.of("--project", "--token-file", "--json");

  @TempDir Path directory;

  private static Session session() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Session(
        new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false),
        Map.of(),
        Path.of(""),
        Clock.systemUTC(),
        () -> "id");
  }

  private static CommandLine picocli(Session session) {
    CommandLine agent = new CommandLine(RunAgent.class, new CommandFactory(session));
    agent.addMixin("global", session.options());
    return agent;
  }

  @Test
  void readsEachOptionAsPicocliDoes() {
    List<String> apart = new ArrayList<>(List.of("agent"));
    List<String> joined = new ArrayList<>(List.of("agent"));
    for (OptionSpec option : picocli(session()).getCommandSpec().options()) {
      String name = option.longestName();
      if (option.usageHelp() || NOT_OFFERED.contains(name)) {
        continue;
      }
      if (option.arity().max() == 0) {
        apart.add(name);
        joined.add(name);
      } else {
        apart.add(name);
        apart.add(value(option));
        joined.add(name + "=" + value(option));
      }
    }
    Session usual = session();
    CommandLine expected = picocli(usual);
    expected.parseArgs(apart.subList(1, apart.size()).toArray(String[]::new));

    assertThat(apart)
        .contains("--state", "--source", "--server", "--ca-file", "--runtime", "--poll-interval");
    for (List<String> given : List.of(apart, joined)) {
      Session own = session();
      Optional<RunAgent> read = RunAgent.read(own, given);
      assertThat(read).as("read without picocli: " + given).isPresent();
      assertThat(read.orElseThrow())
          .usingRecursiveComparison()
          .ignoringFields("session")
          .isEqualTo(expected.<RunAgent>getCommand());
      assertThat(own.options()).usingRecursiveComparison().isEqualTo(usual.options());
    }
  }

  /** One that is not the default. */
  private static String value(OptionSpec option) {
    if (option.type().isEnum()) {
      Object[] values = option.type().getEnumConstants();
      return values[values.length - 1].toString();
    }
    return option.type() == int.class ? "17" : "value-of" + option.longestName();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack list",
        "--server http://s agent",
        "agent doctor",
        "agent leave --remove-pods",
        "agent --name a doctor",
        "agent --help",
        "agent --nonsense x",
        "agent --project p",
        "agent --name",
        "agent --name=",
        "agent --name --verbose",
        "agent --name @file",
        "agent --allow-cleartext=yes",
        "agent --name a --name b",
        "agent --source cloud",
        "agent --runtime docker",
        "agent --poll-interval soon",
        "agent --poll-interval 9999999999",
      })
  void leavesEverythingElseToPicocli(String arguments) {
    assertThat(RunAgent.read(session(), List.of(arguments.split(" ")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--name=web --kubelet-url=x", "--name=web --nonsense", "--verbose"})
  void tellsWhatIsWrongInTheSameWords(String options) {
    String[] arguments = ("agent --state=" + directory.resolve("state") + " " + options).split(" ");

    CommandRun own = CommandRun.ofAgent(directory, arguments);

    assertThat(own).isEqualTo(CommandRun.of("http://127.0.0.1:1", directory, arguments));
    assertThat(own.exitCode()).isEqualTo(2);
  }
}
