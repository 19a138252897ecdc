package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stock client of OpenStack logs in with a name and a password, as it does everywhere. */
final class TestOpenstackLogin {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("login");
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static Site site;
  private static Path users;

  @BeforeAll
  static void start() throws IOException {
    site = SITES.open();
    users = site.directory().resolve("users.json");
    addUser("anna", "default=member");
    addUser("ben", "default=reader");
    addUser("cora", "other=admin");
    addUser("dora", "default=admin");
    site.startServer(List.of("--authentication", "tokens", "--users", users.toString()));
  }

  private static void addUser(String name, String role) throws IOException {
    Path password = Files.writeString(site.directory().resolve("password"), password(name) + "\n");
    Command.run(
            DEADLINE,
            List.of(
                Project.launcher().toString(),
                "user",
                "add",
                "--users",
                users.toString(),
                "--role",
                role,
                "--password-file",
                password.toString(),
                name))
        .successful();
  }

  private static String password(String name) {
    return "password of " + name;
  }

  private static Command.Result openstack(String user, String project, String... arguments) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OS_AUTH_URL", site.api().server() + "/identity/v3");
    environment.put("OS_USERNAME", user);
    environment.put("OS_PASSWORD", password(user));
    environment.put("OS_PROJECT_NAME", project);
    environment.put("OS_USER_DOMAIN_NAME", "Default");
    environment.put("OS_PROJECT_DOMAIN_NAME", "Default");
    environment.put("OS_IDENTITY_API_VERSION", "3");
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add("/usr/bin/openstack");
    command.addAll(List.of(arguments));
    return Command.run(DEADLINE, command, site.directory());
  }

  private static String file(String name, int length) throws IOException {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          word: {type: OS::Heat::RandomString, properties: {length: %d}}
        outputs:
          word: {value: {get_attr: [word, value]}}
        """
            .formatted(length);
    return Files.writeString(site.directory().resolve(name), template).toString();
  }

  @Test
  void drivesAStackThroughItsLife() throws IOException {
    String one = file("one.yaml", 8);
    String two = file("two.yaml", 12);

    openstack("anna", "default", "stack", "create", "-t", one, "--wait", "words").successful();
    assertThat(openstack("anna", "default", "stack", "list").successful())
        .contains("words", "CREATE_COMPLETE");
    assertThat(
            openstack("anna", "default", "stack", "output", "show", "words", "word").successful())
        .contains("output_value");
    openstack("anna", "default", "stack", "update", "-t", two, "--wait", "words").successful();
    assertThat(openstack("ben", "default", "stack", "show", "words").successful())
        .contains("UPDATE_COMPLETE");

    Command.Result refused = openstack("ben", "default", "stack", "delete", "--yes", "words");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(openstack("cora", "other", "stack", "list").successful()).doesNotContain("words");
    assertThat(openstack("cora", "default", "stack", "list").exitCode()).isNotZero();

    openstack("anna", "default", "stack", "delete", "--yes", "--wait", "words").successful();
    assertThat(openstack("anna", "default", "stack", "list").successful()).doesNotContain("words");
  }

  @Test
  void asksAboutItself() {
    assertThat(openstack("anna", "default", "token", "issue").successful()).contains("default");
    assertThat(openstack("anna", "default", "catalog", "list").successful())
        .contains("orchestration", site.api().server() + "/v1/default");
  }

  @Test
  void anAdministratorSeesTheServersThatAreThere() {
    assertThat(openstack("dora", "default", "orchestration", "service", "list").successful())
        .contains("hotpod", "up");
    assertThat(openstack("ben", "default", "orchestration", "service", "list").exitCode())
        .isNotZero();
  }

  @Test
  void everyChangeIsWrittenDown() throws IOException {
    openstack("anna", "default", "stack", "create", "-t", file("three.yaml", 4), "audited")
        .successful();

    String log = Files.readString(site.directory().resolve("server").resolve("audit.log"));
    assertThat(log)
        .contains("\"user\":\"anna\"", "\"path\":\"/v1/default/stacks\"")
        .doesNotContain(password("anna"));
  }
}
