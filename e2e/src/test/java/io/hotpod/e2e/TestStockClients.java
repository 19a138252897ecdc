package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stock client of OpenStack, command by command, its library, openstacksdk, and the calls of
 * Ansible's module: the whole breadth of each, without a login and with one. What they do is in
 * {@code src/test/python}, one process for each, since every start of the client costs a second.
 */
final class TestStockClients {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("stock-clients");

  private static Site open;
  private static Site closed;

  @BeforeAll
  static void start() throws IOException {
    open = SITES.open();
    open.startServer();
    closed = SITES.open();
    Path users = closed.directory().resolve("users.json");
    Path password = Files.writeString(closed.directory().resolve("password"), "a password\n");
    Command.run(
            Duration.ofMinutes(2),
            List.of(
                Project.launcher().toString(),
                "user",
                "add",
                "--users",
                users.toString(),
                "--role",
                "default=admin",
                "--password-file",
                password.toString(),
                "anna"))
        .successful();
    closed.startServer(List.of("--authentication", "tokens", "--users", users.toString()));
  }

  private static OpenstackCli withoutLogin() {
    return new OpenstackCli(
        Map.of("OS_AUTH_TYPE", "none", "OS_ENDPOINT", open.api().server() + "/v1/default"),
        open.directory());
  }

  private static OpenstackCli withLogin() {
    return new OpenstackCli(
        Map.of(
            "OS_AUTH_URL",
            closed.api().server() + "/identity/v3",
            "OS_IDENTITY_API_VERSION",
            "3",
            "OS_USERNAME",
            "anna",
            "OS_PASSWORD",
            "a password",
            "OS_PROJECT_NAME",
            "default",
            "OS_USER_DOMAIN_NAME",
            "Default",
            "OS_PROJECT_DOMAIN_NAME",
            "Default"),
        closed.directory());
  }

  private static void take(OpenstackCli client, String tour) {
    String output =
        client
            .command(
                "/usr/bin/python3",
                "-B",
                Project.module("e2e").resolve("src/test/python/" + tour + ".py").toString())
            .successful();
    assertThat(output).contains("done:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"commands", "library"})
  void everythingWorksWithoutALogin(String tour) {
    take(withoutLogin(), tour);
  }

  @ParameterizedTest
  @ValueSource(strings = {"commands", "library"})
  void everythingWorksWithALogin(String tour) {
    take(withLogin(), tour);
  }
}
