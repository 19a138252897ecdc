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
import tools.jackson.databind.json.JsonMapper;

/** The stock client of OpenStack manages software configs and deployments, and signals. */
final class TestSoftwareClient {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("software");
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static Site site;

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startServer();
  }

  private static String openstack(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/openstack",
                "--os-auth-type",
                "none",
                "--os-endpoint",
                site.api().server() + "/v1/default"));
    command.addAll(List.of(arguments));
    return Command.run(DEADLINE, command, site.directory()).successful();
  }

  private static String id(String... arguments) {
    return JsonMapper.shared().readTree(openstack(arguments)).path("id").asString("");
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(site.directory().resolve(name), content);
  }

  @Test
  void aConfigIsDeployedShownAndForgotten() throws IOException {
    String script = file("script.sh", "#!/bin/sh\necho $greeting\n").toString();
    String definition =
        file("definition.yaml", "inputs: [{name: greeting}]\noutputs: [{name: result}]\n")
            .toString();
    String config =
        id(
            "software",
            "config",
            "create",
            "--config-file",
            script,
            "--definition-file",
            definition,
            "--group",
            "script",
            "-f",
            "json",
            "greet");
    assertThat(openstack("software", "config", "list")).contains(config, "greet", "script");
    assertThat(openstack("software", "config", "show", config)).contains("echo", "greeting");
    assertThat(openstack("software", "config", "show", "--config-only", config))
        .contains("echo $greeting");

    String deployment =
        id(
            "software",
            "deployment",
            "create",
            "--config",
            config,
            "--server",
            "machine-1",
            "--input-value",
            "greeting=hello",
            "--action",
            "CREATE",
            "--signal-transport",
            "NO_SIGNAL",
            "-f",
            "json",
            "10_greet");
    assertThat(openstack("software", "deployment", "list", "--server", "machine-1"))
        .contains(deployment, "IN_PROGRESS");
    assertThat(openstack("software", "deployment", "metadata", "show", "machine-1"))
        .contains("10_greet", "hello", "deploy_action");
    assertThat(openstack("software", "deployment", "show", deployment)).contains("machine-1");

    openstack("software", "deployment", "delete", deployment);
    assertThat(openstack("software", "deployment", "list")).doesNotContain(deployment);
    openstack("software", "config", "delete", config);
    assertThat(openstack("software", "config", "list")).doesNotContain(config);
  }

  @Test
  void aSignalEndsTheWaiting() throws IOException {
    String template =
        file(
                "wait.yaml",
                """
                heat_template_version: 2018-08-31
                resources:
                  handle: {type: OS::Heat::WaitConditionHandle}
                  wait:
                    type: OS::Heat::WaitCondition
                    properties: {handle: {get_resource: handle}, timeout: 100, count: 2}
                outputs:
                  data: {value: {get_attr: [wait, data]}}
                  curl: {value: {get_attr: [handle, curl_cli]}}
                """)
            .toString();
    String data =
        file("signal.json", "{\"id\": \"one\", \"data\": \"from the client\"}").toString();
    openstack("stack", "create", "-t", template, "waiting");
    openstack("stack", "resource", "signal", "--data-file", data, "waiting", "handle");
    String curl =
        openstack("stack", "output", "show", "-c", "output_value", "-f", "value", "waiting", "curl")
            .strip();
    Command.run(DEADLINE, List.of("/bin/sh", "-c", curl + " -d '{\"data\": \"from curl\"}'"))
        .successful();

    site.stacks().await("waiting", "CREATE_COMPLETE");
    assertThat(openstack("stack", "output", "show", "waiting", "data"))
        .contains("from the client", "from curl");
    openstack("stack", "delete", "--yes", "--wait", "waiting");
  }
}
