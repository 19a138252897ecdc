package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that trusts a real Keystone, and the stock client that logs in there and finds the
 * server in its catalog.
 */
@Tag("heat")
final class TestKeystone {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("keystone");

  /** Half a minute is what the server may remember; the rest is patience. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final String REGION = "Hotpod";

  private static Site site;
  private static OpenstackCli admin;
  private static OpenstackCli member;
  private static OpenstackCli reader;
  private static OpenstackCli stranger;
  private static String project;

  @BeforeAll
  static void start() throws IOException {
    site = SITES.open();
    Path directory = site.directory();
    admin = OpenstackCli.of(StockHeat.environment("admin.json"), directory);
    String password = admin.environment().getOrDefault("OS_PASSWORD", "");
    Path user =
        Files.createFile(
            directory.resolve("keystone.yaml"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        user,
        """
        username: heat
        password: %s
        project_name: service
        user_domain_name: Default
        project_domain_name: Default
        """
            .formatted(password));
    site.startServer(
        List.of(
            "--authentication",
            "keystone",
            "--keystone-url",
            admin.environment().getOrDefault("OS_AUTH_URL", ""),
            "--keystone-user",
            user.toString()));
    member =
        OpenstackCli.of(StockHeat.environment("openrc.json"), directory)
            .with("OS_REGION_NAME", REGION);
    reader = member.with("OS_USERNAME", "ruth");
    stranger = member.with("OS_USERNAME", "sam").with("OS_PROJECT_NAME", "elsewhere");
    project = tour(admin, "keystone", site.api().server().toString(), REGION, password).strip();
  }

  /** Runs one of the programs that drive the stock client in a process of its own. */
  private static String tour(OpenstackCli client, String name, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add("-B");
    words.add(Project.module("e2e").resolve("src/test/python/" + name + ".py").toString());
    words.addAll(List.of(arguments));
    return client.command("/usr/bin/python3", words.toArray(String[]::new)).successful();
  }

  private static String template(int length) throws IOException {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          word: {type: OS::Heat::RandomString, properties: {length: %d}}
        outputs:
          word: {value: {get_attr: [word, value]}}
        """
            .formatted(length);
    return Files.writeString(site.directory().resolve(length + ".yaml"), template).toString();
  }

  private static String token(OpenstackCli user) {
    return user.output("token", "issue", "-f", "value", "-c", "id").strip();
  }

  private static int stacks(String token) {
    return site.api()
        .send("GET", "/v1/" + project + "/stacks", "", Map.of("X-Auth-Token", token))
        .status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commands", "library"})
  void theStockClientsWorkInTheirWholeBreadth(String tour) {
    assertThat(tour(member, tour)).contains("done:");
  }

  @Test
  void rolesAreThoseOfKeystone() throws IOException {
    member.output("stack", "create", "-t", template(8), "--wait", "words");
    assertThat(reader.output("stack", "show", "words")).contains("CREATE_COMPLETE");

    assertThat(reader.run("stack", "delete", "--yes", "words").exitCode())
        .as("a reader changes nothing")
        .isNotZero();
    assertThat(reader.run("stack", "create", "-t", template(8), "mine").exitCode()).isNotZero();
    assertThat(reader.run("orchestration", "service", "list").exitCode())
        .as("only administrators ask about services")
        .isNotZero();
    assertThat(stranger.output("stack", "list")).doesNotContain("words");

    member.output("stack", "delete", "--yes", "--wait", "words");
    assertThat(member.output("stack", "list")).doesNotContain("words");
    assertThat(Files.readString(site.directory().resolve("server").resolve("audit.log")))
        .contains("\"status\":201", "\"status\":403")
        .doesNotContain(admin.environment().getOrDefault("OS_PASSWORD", ""));
  }

  @Test
  void aTokenOfAnotherProjectIsRefused() {
    assertThat(stacks(token(stranger))).isEqualTo(403);
    assertThat(stacks("no-token-at-all")).isEqualTo(401);
    assertThat(stacks(token(member))).isEqualTo(200);
  }

  @Test
  void aRevokedTokenIsRefusedOnceItIsForgotten() {
    String token = token(member);
    assertThat(stacks(token)).isEqualTo(200);

    admin
        .with("OS_USERNAME", "demo")
        .with("OS_PROJECT_NAME", "demo")
        .output("token", "revoke", token);

    Waiting.patiently("the token to be refused")
        .atMost(FORGOTTEN)
        .until(() -> stacks(token), status -> status == 401);
  }
}
