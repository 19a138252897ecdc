package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.testing.keystone.RealKeystone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
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
final class TestKeystone {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("keystone");

  /** Half a minute is what the server may remember; the rest is patience. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final String REGION = "Hotpod";

  private static Site site;
  private static RealKeystone keystone;
  private static OpenstackCli member;
  private static OpenstackCli reader;
  private static OpenstackCli stranger;
  private static String project;

  @BeforeAll
  static void start() throws IOException {
    site = SITES.open();
    Path directory = site.directory();
    keystone = RealKeystone.start(Files.createDirectory(directory.resolve("keystone")));
    Path user =
        Files.createFile(
            directory.resolve("keystone.yaml"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        user,
        """
        username: hotpod
        password: %s
        project_name: service
        user_domain_name: Default
        project_domain_name: Default
        """
            .formatted(keystone.password()));
    site.startServer(
        List.of(
            "--authentication",
            "keystone",
            "--keystone-url",
            keystone.uri().toString(),
            "--keystone-user",
            user.toString()));
    member = client("demo", "demo").with("OS_REGION_NAME", REGION);
    reader = member.with("OS_USERNAME", "ruth");
    stranger = member.with("OS_USERNAME", "sam").with("OS_PROJECT_NAME", "elsewhere");
    project = keystone.project("demo");
    tour(client("admin", "admin"), "keystone", site.api().server().toString(), REGION);
  }

  @AfterAll
  static void stop() {
    if (keystone != null) {
      keystone.close();
    }
  }

  private static OpenstackCli client(String user, String projectName) {
    return new OpenstackCli(
        Map.of(
            "OS_AUTH_URL",
            keystone.uri().toString(),
            "OS_IDENTITY_API_VERSION",
            "3",
            "OS_USERNAME",
            user,
            "OS_PASSWORD",
            keystone.password(),
            "OS_PROJECT_NAME",
            projectName,
            "OS_USER_DOMAIN_NAME",
            "Default",
            "OS_PROJECT_DOMAIN_NAME",
            "Default"),
        site.directory());
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

  private static int stacks(String token) {
    return site.api()
        .send("GET", "/v1/" + project + "/stacks", "", Map.of("X-Auth-Token", token))
        .status();
  }

  /** They take minutes and do the same against a server's own users in every run. */
  @Tag("heat")
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
        .doesNotContain(keystone.password());
  }

  @Test
  void aTokenOfAnotherProjectIsRefused() {
    assertThat(stacks(keystone.token("sam", "elsewhere"))).isEqualTo(403);
    assertThat(stacks("no-token-at-all")).isEqualTo(401);
    assertThat(stacks(keystone.token("demo", "demo"))).isEqualTo(200);
  }

  /** Waits for half a minute; in other tests the clock is put forward. */
  @Tag("heat")
  @Test
  void aRevokedTokenIsRefusedOnceItIsForgotten() {
    String token = keystone.token("demo", "demo");
    assertThat(stacks(token)).isEqualTo(200);

    keystone.revoke(token);

    Waiting.patiently("the token to be refused")
        .atMost(FORGOTTEN)
        .until(() -> stacks(token), status -> status == 401);
  }
}
