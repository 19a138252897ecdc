package io.hotpod.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that cannot start say why and end. */
final class TestProcessCommands {
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path directory;

  private CommandRun agent(String token) throws IOException {
    Files.writeString(directory.resolve("token"), token);
    return CommandRun.of(
        NOWHERE, directory, "agent", "--name", "a", "--state", "s", "--join-token-file", "token");
  }

  @Test
  void emptyJoinTokenFileIsNamed() throws IOException {
    CommandRun run = agent(" \n");

    assertThat(run.err()).startsWith("hotpod: the join token file token is empty.\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void secretsAreNotSentInClearToAnotherMachine() throws IOException {
    Files.writeString(directory.resolve("token"), " \n");
    String other = "http://hotpod.example.org:8004";

    CommandRun refused =
        CommandRun.of(
            other, directory, "agent", "--name", "a", "--state", "s", "--join-token-file", "token");
    CommandRun wanted =
        CommandRun.of(
            other,
            directory,
            "agent",
            "--allow-cleartext",
            "--name",
            "a",
            "--state",
            "s",
            "--join-token-file",
            "token");

    assertThat(refused.err()).contains("speaks no TLS", "--allow-cleartext");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(wanted.err()).startsWith("hotpod: the join token file token is empty.\n");
  }

  @Test
  void missingJoinTokenFileIsNamed() {
    CommandRun run =
        CommandRun.of(
            NOWHERE, directory, "agent", "--name", "a", "--state", "s", "--join-token-file", "no");

    assertThat(run.err()).isEqualTo("hotpod: the join token file no does not exist.\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void leavingWhereNothingIsChangesNothing() {
    CommandRun run = CommandRun.of(NOWHERE, directory, "agent", "leave", "--state", "none");

    assertThat(run.out()).startsWith("There is no instance here: ");
    assertThat(run.exitCode()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavingWithoutAnInstanceIsDoneAtOnce() throws IOException {
    Files.createDirectory(directory.resolve("s"));

    CommandRun run =
        CommandRun.of(NOWHERE, directory, "agent", "leave", "--state", "s", "--remove-pods");

    assertThat(run.out()).startsWith("No instance of a server is remembered in ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void developmentNeedsTheSocketThatItIsGiven() {
    CommandRun run =
        CommandRun.of(
            NOWHERE,
            directory,
            "dev",
            "--state",
            "s",
            "--listen",
            "127.0.0.1:0",
            "--podman-socket",
            "/nosuch");

    assertThat(run.err()).startsWith("hotpod: the Podman socket /nosuch does not exist.\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }
}
