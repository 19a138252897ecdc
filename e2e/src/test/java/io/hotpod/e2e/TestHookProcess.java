package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The hook as heat-config runs it: a config on standard input, outputs on standard output. */
final class TestHookProcess {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("hook-process");
  private static final String NAME = "hook-process";

  private Site site;
  private String instance = "";

  @BeforeEach
  void start() {
    TestImage.make();
    site = sites.open();
    instance = site.heatInstance(NAME);
  }

  private Command.Result hook(String input) throws IOException {
    Path config = Files.writeString(site.directory().resolve("config.json"), input);
    String command =
        String.join(
            " ",
            List.of(
                Project.launcher().toString(),
                "hook",
                "--name",
                NAME,
                "--state",
                site.agentState(NAME).toString(),
                "<",
                config.toString()));
    return Command.run(Duration.ofMinutes(1), List.of("sh", "-c", command));
  }

  private static String config(String action) {
    return """
    {"id": "%1$s", "name": "web", "group": "kubelet", "options": {}, "inputs": [
       {"name": "deploy_action", "value": "%1$s"},
       {"name": "deploy_stack_id", "value": "shop/1"},
       {"name": "deploy_resource_name", "value": "web"}],
     "config": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
       "spec": {"terminationGracePeriodSeconds": 1, "containers": [
         {"name": "main", "image": "%2$s", "imagePullPolicy": "Never",
          "command": ["sleep", "1000"]}]}}}
    """
        .formatted(action, TestImage.NAME);
  }

  @Test
  void podComesAndGoesAndTheOutputsAreWhole() throws IOException {
    JsonNode created = Api.JSON.readTree(hook(config("CREATE")).successful());

    assertThat(created.path("deploy_status_code").intValue()).as(created.toString()).isZero();
    assertThat(created.path("phase").asString("")).isEqualTo("Running");
    List<PodmanContainer> before = PodmanCli.containers(instance);
    assertThat(before).hasSize(1);

    JsonNode again = Api.JSON.readTree(hook(config("CREATE")).successful());
    assertThat(again).isEqualTo(created);
    assertThat(PodmanCli.containers(instance)).isEqualTo(before);

    JsonNode deleted = Api.JSON.readTree(hook(config("DELETE")).successful());
    assertThat(deleted.path("deploy_stdout").asString("")).isEqualTo("nothing of the pod is left");
    assertThat(PodmanCli.pods(instance)).isEmpty();
  }

  @Test
  void inputThatIsNoConfigIsAFailureOfTheHook() throws IOException {
    Command.Result result = hook("not JSON");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).contains("standard input is not a config in JSON");
  }
}
