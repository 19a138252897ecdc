package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.PodManifest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

final class TestWireRecords {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String MANIFEST =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        volumes: [{name: data, emptyDir: {}}]
        containers:
          - name: web
            image: web:1
            env: [{name: EMPTY, value: ""}]
            volumeMounts: [{name: data, mountPath: /data}]
            resources: {limits: {memory: 64Mi}}
            livenessProbe: {tcpSocket: {port: 80}}
      """;

  @Test
  void desiredPodsSurviveTheWire() {
    DesiredPods pods = new DesiredPods(7, List.of(desiredPod()));
    DesiredPods back = PodJson.read(PodJson.writeBytes(pods), DesiredPods.class);
    assertThat(back).isEqualTo(pods);
    assertThat(PodJson.write(back)).isEqualTo(PodJson.write(pods));
  }

  @Test
  void thePodInsideGrowsNoNullsAndNoEmptyValues() {
    JsonNode wire = PodJson.toTree(PodJson.read(PodJson.write(desiredPod()), DesiredPod.class));
    JsonNode given = PodJson.toTree(pod());
    assertThat(wire.get("pod")).isEqualTo(given);
    assertThat(empties("", given)).containsExactly(".spec.volumes.emptyDir");
  }

  @Test
  void equalPodsHaveEqualCanonicalJson() {
    Pod parsed = PodJson.read(PodJson.write(pod()), Pod.class);
    assertThat(parsed).isEqualTo(pod());
    assertThat(CanonicalJson.write(PodJson.toTree(parsed)))
        .isEqualTo(CanonicalJson.write(PodJson.toTree(pod())));
  }

  @Test
  void aReportSurvivesTheWire() {
    PodReport report =
        new PodReport(
            "session",
            3,
            7,
            NOON,
            new InstanceFacts("host", "0.1.0", "podman", "4.3.1", ""),
            List.of(observedPod()));
    assertThat(PodJson.read(PodJson.write(report), PodReport.class)).isEqualTo(report);
    PodReport more =
        report.with(
            new PodHistory(
                "journal",
                List.of(new PodTransition(1, NOON, "web", true, "it is not ready any more", 2))));
    assertThat(PodJson.read(PodJson.write(more), PodReport.class)).isEqualTo(more);
  }

  @Test
  void everyContainerStateSurvivesTheWire() {
    List<ContainerState> states =
        List.of(
            new ContainerState.Waiting("ErrImagePull", "no such image"),
            new ContainerState.Running(NOON),
            new ContainerState.Terminated(3, "Error", "", Optional.of(NOON), Optional.empty()));
    for (ContainerState state : states) {
      String text = PodJson.write(state);
      assertThat(text).contains("\"state\":\"");
      assertThat(PodJson.read(text, ContainerState.class)).isEqualTo(state);
    }
  }

  @Test
  void whatANewerPeerAddsIsPassedOver() {
    String text = PodJson.write(observedPod()).replaceFirst("\\{", "{\"newer\":[1],");
    assertThat(PodJson.read(text, ObservedPod.class)).isEqualTo(observedPod());
  }

  @Test
  void equalPodsAreEqualText() {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (String name : List.of("d", "a", "c", "b")) {
      values.put(name, Map.of("two", "2", "one", "1"));
    }
    DesiredPod pod =
        new DesiredPod(
            "id",
            new ModificationToken("token"),
            true,
            pod(),
            values,
            values,
            UpdateStrategy.START_FIRST,
            List.of());
    String each = "{\"one\":\"1\",\"two\":\"2\"}";
    String expected =
        "{\"a\":" + each + ",\"b\":" + each + ",\"c\":" + each + ",\"d\":" + each + "}";
    assertThat(PodJson.write(pod))
        .contains("\"configMaps\":" + expected)
        .contains("\"secrets\":" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"run\":true | \"run\":1 | run: true or false is wanted",
        "\"keys\":{\"password\":\"hush\"} | \"keys\":1 | secrets.keys: a map is wanted",
        "\"hush\" | null | secrets.keys.password: text is wanted",
        "RECREATE | NEWER | updateStrategy: this agent knows no \"NEWER\"",
        "[\"database\"] | [null] | after: text is wanted",
        "64Mi | 1x | its manifest cannot be read: spec.containers[0].resources.limits.memory:"
            + " \"1x\" is not a quantity"
      },
      delimiter = '|')
  void onePodThatCannotBeReadHarmsOnlyItself(String right, String wrong, String told) {
    String whole = PodJson.write(desiredPod());
    assertThat(whole).contains(right);
    String other = whole.replace("web-id", "other-id");
    String text = "{\"version\":7,\"pods\":[" + other + "," + whole.replace(right, wrong) + "]}";

    DesiredPods read = PodJson.read(text, DesiredPods.class);

    assertThat(read.pods().getFirst()).isEqualTo(PodJson.read(other, DesiredPod.class));
    DesiredPod bad = read.pods().getLast();
    assertThat(bad.defect()).contains(told);
    assertThat(bad.id()).isEqualTo("web-id");
    assertThat(bad.token()).isEqualTo(desiredPod().token());
    assertThat(bad.run()).isTrue();
    assertThat(bad.pod().getMetadata().getName()).isEqualTo("web");
    // The instance remembers it so, and does not take the pod for one that nobody wants.
    assertThat(PodJson.read(PodJson.write(bad), DesiredPod.class)).isEqualTo(bad);
  }

  @Test
  void setWithAPodOfNobodyIsRefused() {
    String text = PodJson.write(new DesiredPods(7, List.of(desiredPod())));
    for (String own : List.of("\"id\":\"web-id\"", "\"token\":\"token\"")) {
      assertThat(text).contains(own);
      assertThatThrownBy(() -> PodJson.read(text.replace(own, "\"a\":1"), DesiredPods.class))
          .isInstanceOf(JacksonException.class);
    }
  }

  @Test
  void secretsAreNotInTheWords() {
    assertThat(desiredPod().toString()).contains("web-id").doesNotContain("hush");
    assertThat(new DesiredPods(1, List.of(desiredPod())).toString()).doesNotContain("hush");
  }

  @Test
  void anIdMayNotBeThereTwice() {
    assertThatThrownBy(() -> new DesiredPods(1, List.of(desiredPod(), desiredPod())))
        .hasMessageContaining("web-id");
    assertThatThrownBy(() -> new DesiredPods(-1, List.of())).hasMessageContaining("-1");
  }

  @Test
  void phasesAreSpeltAsKubernetesSpellsThem() {
    assertThat(PodPhase.PENDING.kubernetesName()).isEqualTo("Pending");
    assertThat(PodPhase.SUCCEEDED.kubernetesName()).isEqualTo("Succeeded");
  }

  @Test
  void restartsAreThoseOfAllContainers() {
    assertThat(observedPod().restarts()).isEqualTo(2);
  }

  private static DesiredPod desiredPod() {
    return new DesiredPod(
        "web-id",
        new ModificationToken("token"),
        true,
        pod(),
        Map.of("config", Map.of("level", "low")),
        Map.of("keys", Map.of("password", "hush")),
        UpdateStrategy.RECREATE,
        List.of("database"));
  }

  private static ObservedPod observedPod() {
    return new ObservedPod(
        "web-id",
        "web",
        new ModificationToken("token"),
        PodPhase.RUNNING,
        true,
        false,
        "",
        "",
        Optional.of("uid"),
        Optional.empty(),
        Optional.of("192.0.2.1"),
        Optional.of(NOON),
        List.of(new PodCondition("Ready", true, "", "")),
        List.of(),
        List.of(
            new ContainerStatus(
                "web",
                new ContainerState.Running(NOON),
                Optional.of(
                    new ContainerState.Terminated(
                        1, "Error", "", Optional.empty(), Optional.of(NOON))),
                true,
                true,
                2,
                0,
                "web:1",
                Optional.of("sha256:1"),
                Optional.empty())));
  }

  private static Pod pod() {
    return PodManifest.read("test.yaml", MANIFEST, ManifestContext.NONE).pod();
  }

  private static List<String> empties(String path, JsonNode value) {
    if (value.isNull() || (value.isContainer() && value.isEmpty())) {
      return List.of(path);
    }
    if (value.isArray()) {
      return value.valueStream().flatMap(item -> empties(path, item).stream()).toList();
    }
    return value
        .propertyStream()
        .flatMap(entry -> empties(path + "." + entry.getKey(), entry.getValue()).stream())
        .toList();
  }
}
