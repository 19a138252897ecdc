package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stock client of OpenStack drives a stack, as its users do. */
final class TestOpenstackClient {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("openstack");
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Path CLIENT = Path.of("/usr/bin/openstack");
  private static final String INSTANCE = "local-1";

  private static Site site;

  @BeforeAll
  static void start() {
    assertThat(CLIENT)
        .as(
            "the stock client; on Debian: apt-get install python3-openstackclient python3-heatclient")
        .isExecutable();
    site = SITES.open();
    site.startDev(1);
  }

  private static Command.Result openstack(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                CLIENT.toString(),
                "--os-auth-type",
                "none",
                "--os-endpoint",
                site.api().server() + "/v1/default"));
    command.addAll(List.of(arguments));
    return Command.run(DEADLINE, command, site.directory());
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(site.directory().resolve(name), content);
  }

  private static String template(String greeting) {
    return PodText.template(PodText.page("web", INSTANCE, greeting));
  }

  private static String status(String stack) {
    return openstack("stack", "show", "-c", "stack_status", "-f", "value", stack)
        .successful()
        .strip();
  }

  @Test
  void drivesAStackThroughItsLife() throws IOException {
    String one = file("one.yaml", template("one")).toString();
    String two = file("two.yaml", template("two")).toString();

    openstack("stack", "create", "-t", one, "--wait", "shop").successful();
    assertThat(status("shop")).isEqualTo("CREATE_COMPLETE");
    assertThat(openstack("stack", "list").successful()).contains("shop", "CREATE_COMPLETE");
    assertThat(openstack("stack", "resource", "list", "shop").successful())
        .contains("web", "web_config", "OS::Kubernetes::PodDeployment");
    assertThat(openstack("stack", "resource", "show", "shop", "web").successful())
        .contains("CREATE_COMPLETE", "pod_ip");
    assertThat(openstack("stack", "event", "list", "shop").successful())
        .contains("CREATE_IN_PROGRESS", "CREATE_COMPLETE");
    assertThat(openstack("stack", "output", "list", "shop").successful()).contains("address");
    String address = site.stacks().output("shop", "address");
    assertThat(openstack("stack", "output", "show", "shop", "address").successful())
        .contains(address);

    List<PodmanContainer> before = PodmanCli.containers(site.instanceId(INSTANCE));
    openstack("stack", "update", "--dry-run", "-t", two, "shop").successful();
    assertThat(PodmanCli.containers(site.instanceId(INSTANCE))).isEqualTo(before);
    openstack("stack", "update", "--converge", "-t", two, "--wait", "shop").successful();
    assertThat(status("shop")).isEqualTo("UPDATE_COMPLETE");
    assertThat(PodmanCli.containers(site.instanceId(INSTANCE))).doesNotContainAnyElementsOf(before);

    openstack("stack", "suspend", "--wait", "shop").successful();
    assertThat(status("shop")).isEqualTo("SUSPEND_COMPLETE");
    assertThat(PodmanCli.pods(site.instanceId(INSTANCE))).isEmpty();
    openstack("stack", "resume", "--wait", "shop").successful();
    assertThat(status("shop")).isEqualTo("RESUME_COMPLETE");
    openstack("stack", "check", "--wait", "shop").successful();
    assertThat(status("shop")).isEqualTo("CHECK_COMPLETE");

    openstack("stack", "delete", "--yes", "--wait", "shop").successful();
    assertThat(openstack("stack", "list").successful()).doesNotContain("shop");
    assertThat(PodmanCli.pods(site.instanceId(INSTANCE))).isEmpty();
  }

  @Test
  void runsAPodInsideAStackInsideAResource() throws IOException {
    file("pod.yaml", template("inside"));
    file("env.yaml", "resource_registry: {My::Pod: pod.yaml}\n");
    String outer =
        """
        heat_template_version: 2021-04-16
        resources:
          shop: {type: %s}
        outputs:
          address: {value: {get_attr: [shop, address]}}
        """;
    String direct = file("direct.yaml", outer.formatted("pod.yaml")).toString();
    String mapped = file("mapped.yaml", outer.formatted("My::Pod")).toString();
    String environment = site.directory().resolve("env.yaml").toString();

    openstack("stack", "create", "-t", direct, "--wait", "nest").successful();
    assertThat(status("nest")).isEqualTo("CREATE_COMPLETE");
    assertThat(openstack("stack", "list").successful())
        .contains("nest")
        .doesNotContain("nest-shop");
    assertThat(openstack("stack", "list", "--nested").successful()).contains("nest-shop-");
    assertThat(openstack("stack", "resource", "list", "-n", "2", "nest").successful())
        .contains("web_config", "OS::Kubernetes::PodDeployment");
    assertThat(site.stacks().output("nest", "address")).isNotEmpty();

    List<PodmanContainer> before = PodmanCli.containers(site.instanceId(INSTANCE));
    openstack("stack", "update", "-e", environment, "-t", mapped, "--wait", "nest").successful();
    assertThat(status("nest")).isEqualTo("UPDATE_COMPLETE");
    assertThat(PodmanCli.containers(site.instanceId(INSTANCE))).isEqualTo(before);

    openstack("stack", "delete", "--yes", "--wait", "nest").successful();
    assertThat(PodmanCli.pods(site.instanceId(INSTANCE))).isEmpty();
  }

  @Test
  void showsThePlaceOfAMistake() throws IOException {
    String path =
        file("wrong.yaml", template("one").replace("containers:", "containrs:")).toString();

    Command.Result refused = openstack("stack", "create", "-t", path, "--wait", "wrong");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.errors()).contains("containrs").containsPattern(":\\d+:\\d+: ");
    assertThat(site.stacks().exists("wrong")).isFalse();
  }

  @Test
  void endsWithAnErrorWhenTheStackFails() throws IOException {
    String path =
        file(
                "missing.yaml",
                PodText.template(
                    PodText.sleeping("web", INSTANCE)
                        .withImage("localhost/no-such-image:1")
                        .withoutPull()))
            .toString();

    Command.Result failed = openstack("stack", "create", "-t", path, "--wait", "missing");

    assertThat(failed.exitCode()).isNotZero();
    assertThat(status("missing")).isEqualTo("CREATE_FAILED");
    openstack("stack", "delete", "--yes", "--wait", "missing").successful();
  }
}
