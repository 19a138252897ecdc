package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.server.users.User;
import io.hotpod.server.users.Users;
import io.hotpod.server.users.UsersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of users, as people write it. */
final class TestUserCommands {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path directory;

  @BeforeEach
  void writePassword() throws IOException {
    Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    Files.writeString(directory.resolve("short"), "1234567\n");
  }

  private CommandRun user(String... arguments) {
    List<String> all = new ArrayList<>(List.of("user", arguments[0], "--users", "users.json"));
    all.addAll(List.of(arguments).subList(1, arguments.length));
    return CommandRun.of("http://127.0.0.1:1", directory, all.toArray(String[]::new));
  }

  private Users users() throws IOException {
    return new UsersFile(directory.resolve("users.json")).read();
  }

  @Test
  void aUserIsAddedChangedAndRemoved() throws IOException {
    assertThat(
            user("add", "--role", "default=member", "--password-file", "password", "anna")
                .exitCode())
        .isZero();
    User anna = users().named("anna").orElseThrow();
    assertThat(anna.password().orElseThrow().matches(PASSWORD)).isTrue();

    assertThat(user("add", "--role", "other=reader,admin", "--role", "default=", "anna").err())
        .isEmpty();
    assertThat(user("list").out())
        .isEqualTo(
            """
            NAME  PASSWORD  PROJECTS            TOKENS
            anna  yes       other=admin,reader  -
            """);

    assertThat(user("remove", "anna").exitCode()).isZero();
    assertThat(users().all()).isEmpty();
    CommandRun again = user("remove", "anna");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).startsWith("hotpod: there is no user anna.");
  }

  @Test
  void aTokenIsShownOnceAndRevoked() throws IOException {
    user("add", "--role", "default=member", "anna");

    CommandRun made = user("token", "--name", "ci", "anna");

    String token = made.out().strip();
    assertThat(users().withToken(token).orElseThrow().name()).isEqualTo("anna");
    assertThat(Files.readString(directory.resolve("users.json"))).doesNotContain(token);
    assertThat(user("token", "--output", "file", "anna").out())
        .isEqualTo("The token is in file.\n");
    assertThat(users().withToken(Files.readString(directory.resolve("file")).strip())).isPresent();
    assertThat(user("revoke", "--name", "ci", "anna").exitCode()).isZero();
    assertThat(users().withToken(token)).isEmpty();
    assertThat(user("revoke", "--name", "ci", "anna").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add --role default=boss anna       | there is no role \"boss\"; roles are admin, member",
        "add --role default anna            | --role takes PROJECT=ROLE, such as default=member.",
        "add --role a/b=member anna         | \"a/b\" is no name of a project",
        "add a/b                            | \"a/b\" is no name of a user",
        "add --password-file short anna     | a password has at least 8 characters.",
        "add --password-file none anna      | the password file none does not exist.",
        "list --server x                    | does not know '--server'",
      })
  void wrongUsageIsSaid(String arguments, String message) {
    CommandRun run = user(arguments.strip().split(" +"));

    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(directory.resolve("users.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--users users.json                       | --users goes with --authentication tokens.",
        "--authentication tokens                  | --users is missing: the file of users.",
        "--authentication keystone                | --keystone-url and --keystone-user are both",
        "--keystone-url http://127.0.0.1          | go with --authentication keystone.",
        "--tls-key key                            | --tls-certificate and --tls-key go together.",
      })
  void aServerIsStartedWithWhatBelongsTogether(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("server", "--state", "state"));
    all.addAll(List.of(arguments.strip().split(" +")));

    CommandRun run = CommandRun.of("http://127.0.0.1:1", directory, all.toArray(String[]::new));

    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
