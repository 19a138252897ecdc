package io.hotpod.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.runtime.podman.PodmanPods;
import io.hotpod.agent.runtime.podman.SharedPodman;
import io.hotpod.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hook with the real Podman. */
final class TestHook {
  private static final String CONFIG =
      """
      {"id": "%s", "name": "web", "group": "kubelet", "creation_time": "", "options": {},
       "inputs": [{"name": "deploy_action", "value": "%s"},
                  {"name": "deploy_stack_id", "value": "shop/1"},
                  {"name": "deploy_resource_name", "value": "%s"}],
       "config": %s}\
      """;

  @TempDir Path directory;
  private final String name = "test-" + UUID.randomUUID();
  private Hook hook;

  @BeforeEach
  void open() throws IOException {
    hook =
        new Hook(
            AgentSettings.withoutServer(name, directory.resolve("state"))
                .withPodmanSocket(SharedPodman.socket()));
  }

  @AfterEach
  void removePods() throws Exception {
    PodmanPods.removeAll("heat-" + name);
  }

  private static String manifest(String image) {
    return """
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {
      "terminationGracePeriodSeconds": 1, "containers": [{"name": "a", "image": "%s",
      "imagePullPolicy": "Never", "command": ["sleep", "1000"]}]}}\
    """
        .formatted(image);
  }

  private JsonNode run(String id, String action, String resource, String config)
      throws IOException, InterruptedException {
    return hook.run(JsonMapper.shared().readTree(CONFIG.formatted(id, action, resource, config)));
  }

  private static int status(JsonNode outputs) {
    return outputs.path("deploy_status_code").asInt(-1);
  }

  @Test
  void deploysUpdatesSuspendsResumesAndDeletes() throws Exception {
    String one = manifest(Manifests.IMAGE);
    JsonNode created = run("c1", "CREATE", "web", one);
    assertThat(status(created)).isZero();
    assertThat(created.path("phase").asString("")).isEqualTo("Running");

    JsonNode same = run("c2", "UPDATE", "web", one);
    assertThat(same.path("uid"))
        .as("equal content restarts nothing")
        .isEqualTo(created.path("uid"));

    JsonNode other = run("c3", "CREATE", "db", one);
    assertThat(status(other)).isZero();
    assertThat(PodmanPods.names("heat-" + name)).hasSize(2);

    JsonNode changed = run("c4", "UPDATE", "web", one.replace("1000", "2000"));
    assertThat(changed.path("uid")).isNotEqualTo(created.path("uid"));

    assertThat(status(run("c5", "SUSPEND", "web", one.replace("1000", "2000")))).isZero();
    assertThat(PodmanPods.names("heat-" + name)).hasSize(1);
    assertThat(status(run("c6", "RESUME", "web", one.replace("1000", "2000")))).isZero();
    assertThat(status(run("c7", "DELETE", "web", one))).isZero();
    assertThat(status(run("c8", "DELETE", "db", one))).isZero();
    assertThat(PodmanPods.names("heat-" + name)).isEmpty();
    assertThat(new StateDirectory(directory.resolve("state")).desired().orElseThrow().pods())
        .isEmpty();
  }

  @Test
  void failureIsAnOutputWithTheReason() throws Exception {
    JsonNode outputs = run("c1", "CREATE", "web", manifest("localhost/no-such-image:1"));

    assertThat(status(outputs)).isEqualTo(1);
    assertThat(outputs.path("deploy_stderr").asString("")).contains("ErrImageNeverPull");
  }

  @Test
  void badConfigNeedsNoRuntimeAndChangesNothing() throws Exception {
    Hook without =
        new Hook(
            AgentSettings.withoutServer(name, directory.resolve("state"))
                .withPodmanSocket(directory.resolve("none.sock")));

    JsonNode outputs =
        without.run(
            JsonMapper.shared()
                .readTree(CONFIG.formatted("c1", "CREATE", "web", "{\"version\": \"v1beta2\"}")));

    assertThat(status(outputs)).isEqualTo(1);
    assertThat(outputs.path("deploy_stderr").asString("")).contains("containers");
    assertThat(new StateDirectory(directory.resolve("state")).desired()).isEmpty();
  }

  @Test
  void otherGroupsAreRefused() throws Exception {
    JsonNode outputs =
        hook.run(JsonMapper.shared().readTree("{\"id\": \"c1\", \"group\": \"script\"}"));

    assertThat(status(outputs)).isEqualTo(1);
    assertThat(outputs.path("deploy_stderr").asString("")).contains("kubelet");
  }
}
