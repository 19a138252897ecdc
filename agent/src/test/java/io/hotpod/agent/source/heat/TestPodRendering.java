package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.UpdateStrategy;
import io.hotpod.pod.WaitFor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

final class TestPodRendering {
  private static final String V1 =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
          - {name: web, image: "docker.io/library/busybox:1"}
      """;

  private static Rendering.Rendered rendered(HeatConfig config) {
    Rendering rendering = PodRendering.of(config.read(), true);
    assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
    return (Rendering.Rendered) rendering;
  }

  private static String refusal(HeatConfig config) {
    Rendering rendering = PodRendering.of(config.read(), true);
    assertThat(rendering).isInstanceOf(Rendering.Refused.class);
    return ((Rendering.Refused) rendering).why();
  }

  private static DesiredPod pod(HeatConfig config) {
    return rendered(config).pod();
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  @Test
  void equalContentUnderANewConfigIsTheSameModification() {
    DesiredPod created = pod(HeatConfig.of("c1", "CREATE"));

    assertThat(pod(HeatConfig.of("c2", "UPDATE").created("2026-02-02T00:00:00Z")))
        .isEqualTo(created);
    assertThat(pod(HeatConfig.of("c3", "UPDATE").manifest(quoted(V1))).token())
        .as("the same pod written as v1 in YAML")
        .isEqualTo(created.token());
    assertThat(
            pod(HeatConfig.of("c4", "UPDATE").manifest("{\"manifest\": " + quoted(V1) + "}"))
                .token())
        .isEqualTo(created.token());
    assertThat(
            pod(HeatConfig.of("c5", "UPDATE").manifest(HeatConfig.MANIFEST.replace(":1", ":2")))
                .token())
        .isNotEqualTo(created.token());
    assertThat(created.pod().getMetadata().getAnnotations())
        .containsEntry(ModificationToken.ANNOTATION, created.token().value());
  }

  @Test
  void putsInputsIn() {
    HeatConfig config =
        HeatConfig.of("c1", "CREATE")
            .manifest(
                """
                {"version": "v1beta2", "id": "web", "containers": [
                  {"name": "web", "image": {"get_input": "image"},
                   "ports": [{"containerPort": {"get_input": "port"}}]}]}\
                """)
            .input("image", "docker.io/library/busybox:1")
            .input("port", "Number", StringNode.valueOf("8080"));

    assertThat(pod(config).pod().getSpec().getContainers().getFirst())
        .satisfies(
            container -> {
              assertThat(container.getImage()).isEqualTo("docker.io/library/busybox:1");
              assertThat(container.getPorts().getFirst().getContainerPort()).isEqualTo(8080);
            });
  }

  @Test
  void takesTheDefaultOfAnInputWithoutValue() {
    HeatConfig config =
        HeatConfig.of("c1", "CREATE")
            .manifest(
                HeatConfig.MANIFEST.replace(
                    "\"docker.io/library/busybox:1\"", "{\"get_input\": \"i\"}"))
            .with(
                "inputs",
                "[{\"name\": \"i\", \"type\": \"String\", \"default\": \"b:1\", \"value\": null}]");

    assertThat(pod(config).pod().getSpec().getContainers().getFirst().getImage()).isEqualTo("b:1");
  }

  @Test
  void takesInputsThatAreDeclaredWithTheManifest() {
    HeatConfig config =
        HeatConfig.of("c1", "CREATE")
            .manifest(
                """
                {"manifest": {"version": "v1beta2", "id": "web", "containers": [
                   {"name": "web", "image": {"get_input": "image"},
                    "ports": [{"containerPort": {"get_input": "port"}}]}]},
                 "inputs": "[{name: image, default: 'b:1'}, {name: port, type: Number}]"}\
                """)
            .input("port", "8080")
            .input("unused", "x");

    assertThat(pod(config).pod().getSpec().getContainers().getFirst())
        .satisfies(
            container -> {
              assertThat(container.getImage()).isEqualTo("b:1");
              assertThat(container.getPorts().getFirst().getContainerPort()).isEqualTo(8080);
            });
  }

  @Test
  void namesAPodWithoutNameAfterItsDeployment() {
    HeatConfig config =
        HeatConfig.of("c1", "CREATE")
            .resource("My_Web")
            .manifest(
                "{\"version\": \"v1beta2\", \"containers\": [{\"name\": \"a\", \"image\":"
                    + " \"b:1\"}]}");

    assertThat(pod(config).pod().getMetadata().getName()).isEqualTo("my-web");
  }

  @Test
  void takesConfigMapsAndSecretsWithTheManifest() {
    DesiredPod pod =
        pod(
            HeatConfig.of("c1", "CREATE")
                .manifest(
                    """
                    {"manifest": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
                       "spec": {"containers": [{"name": "a", "image": "b:1",
                         "envFrom": [{"secretRef": {"name": "keys"}},
                                     {"configMapRef": {"name": "conf"}}]}]}},
                     "config_maps": {"conf": {"A": "1"}}, "secrets": {"keys": {"K": "s3cret"}}}\
                    """));

    assertThat(pod.configMaps()).isEqualTo(Map.of("conf", Map.of("A", "1")));
    assertThat(pod.secrets()).isEqualTo(Map.of("keys", Map.of("K", "s3cret")));
  }

  /** As a software component has it, whose configs are texts. */
  @Test
  void takesConfigMapsAndSecretsFromAText() {
    String text =
        """
        config_maps: {conf: {A: "1"}}
        secrets: {keys: {K: s3cret}}
        manifest:
          apiVersion: v1
          kind: Pod
          metadata: {name: web}
          spec: {containers: [{name: a, image: "b:1"}]}
        """;
    DesiredPod pod =
        pod(
            HeatConfig.of("c1", "CREATE")
                .with("config", JsonNodeFactory.instance.stringNode(text).toString()));

    assertThat(pod.pod().getMetadata().getName()).isEqualTo("web");
    assertThat(pod.configMaps()).isEqualTo(Map.of("conf", Map.of("A", "1")));
    assertThat(pod.secrets()).isEqualTo(Map.of("keys", Map.of("K", "s3cret")));
  }

  private static HeatConfig withSecret(String id, String use, String value) {
    return HeatConfig.of(id, "UPDATE")
        .manifest(
            """
            {"manifest": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
               "spec": {"volumes": [{"name": "v", "secret": {"secretName": "keys"}}],
                 "containers": [{"name": "a", "image": "b:1", USE}]}},
             "secrets": {"keys": {"K": "VALUE"}}}\
            """
                .replace("USE", use)
                .replace("VALUE", value));
  }

  @Test
  void valueThatIsAFileAloneIsNoOtherModification() {
    String mounted = "\"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"/v\"}]";
    DesiredPod before = pod(withSecret("c1", mounted, "old"));
    DesiredPod after = pod(withSecret("c2", mounted, "new"));

    assertThat(after.token()).isEqualTo(before.token());
    assertThat(after.configurationRevision()).isNotEqualTo(before.configurationRevision());
    String variable = "\"envFrom\": [{\"secretRef\": {\"name\": \"keys\"}}]";
    assertThat(pod(withSecret("c3", variable, "new")).token())
        .isNotEqualTo(pod(withSecret("c4", variable, "old")).token());
  }

  @Test
  void settingsComeFromInputsBeforeOptions() {
    Rendering.Rendered rendered =
        rendered(
            HeatConfig.of("c1", "CREATE")
                .with("options", "{\"wait_for\": \"RUNNING\", \"timeout\": 30}")
                .input("hotpod_wait_for", "COMPLETED")
                .input("hotpod_update_strategy", "START_FIRST")
                .input("hotpod_pod_name", "shop"));

    assertThat(rendered.waitFor()).isEqualTo(WaitFor.COMPLETED);
    assertThat(rendered.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rendered.pod().updateStrategy()).isEqualTo(UpdateStrategy.START_FIRST);
    assertThat(rendered.pod().pod().getMetadata().getName()).isEqualTo("shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|720",
        "{\"images_timeout\": 10}|130",
        "{\"images_timeout\": 10, \"containers_timeout\": \"5\"}|15",
        "{\"timeout\": \"7\", \"images_timeout\": 10}|7"
      })
  void understandsTheTimeoutsOfTheOldHook(String options, int seconds) {
    assertThat(rendered(HeatConfig.of("c1", "CREATE").with("options", options)).timeout())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"wait_for\": \"ready\"}",
        "{\"timeout\": 0}",
        "{\"timeout\": \"soon\"}",
        "{\"update_strategy\": \"NONE\"}",
        "{\"pod_name\": \"../etc\"}"
      })
  void refusesSettingsByName(String options) {
    String name = JsonMapper.shared().readTree(options).propertyNames().iterator().next();
    assertThat(refusal(HeatConfig.of("c1", "CREATE").with("options", options))).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"\"",
        "\"{\"",
        "[]",
        "{}",
        "{\"version\": \"v1beta2\"}",
        "{\"manifest\": {\"kind\": \"Service\", \"apiVersion\": \"v1\"}}",
        "{\"manifest\": {}, \"secrets\": {\"a\": 7}}",
        "{\"version\": \"v1beta2\", \"containers\": [{\"name\": \"a\", \"image\": {\"get_input\":"
            + " \"no\"}}]}"
      })
  void refusesWhatCanBeNoPod(String config) {
    assertThat(refusal(HeatConfig.of("c1", "CREATE").manifest(config)))
        .startsWith("the pod configuration is refused: ");
  }

  @Test
  void refusesAnInputOfTheWrongType() {
    assertThat(
            refusal(
                HeatConfig.of("c1", "CREATE")
                    .manifest(HeatConfig.MANIFEST.replace("\"web\"", "{\"get_input\": \"n\"}"))
                    .input("n", "Json", IntNode.valueOf(7))))
        .contains("n");
  }
}
