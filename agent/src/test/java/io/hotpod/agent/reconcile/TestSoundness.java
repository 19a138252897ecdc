package io.hotpod.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.InMemoryRuntime;
import io.hotpod.agent.runtime.kubelet.StaticPods;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.runtime.podman.Specifications;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.UpdateStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server that is broken may say, and what comes of it. */
final class TestSoundness {
  private static final String WHOLE =
      """
      {"metadata":{"name":"web"},"spec":{"restartPolicy":"Always","hostNetwork":true,
        "volumes":[{"name":"v","emptyDir":{}},{"name":"c","configMap":{"name":"c"}}],
        "initContainers":[{"name":"i","image":"x","restartPolicy":"Always"}],
        "containers":[{"name":"a","image":"x","ports":[{"containerPort":1,"hostPort":2}],
          "env":[{"name":"A","value":"b"}],"envFrom":[{"configMapRef":{"name":"c"}}],
          "volumeMounts":[{"name":"v","mountPath":"/v"}],
          "readinessProbe":{"httpGet":{"port":1}}}]}}
      """;
  private static final String PORT = "{\"containerPort\":1,\"hostPort\":2}";
  private static final int MALFORMED = 10_000;

  private static DesiredPod desired(String id, Pod pod) {
    return new DesiredPod(
        id,
        new ModificationToken("one"),
        true,
        pod,
        Map.of("c", Map.of("key", "value")),
        Map.of(),
        UpdateStrategy.START_FIRST,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "web, a, v, sound",
    "../../etc, a, v, unsound",
    "a/b, a, v, unsound",
    "a..b, a, v, unsound",
    "web, .., v, unsound",
    "web, a/b, v, unsound",
    "web, a, ../v, unsound",
    "web, a, .files, unsound",
    "'', a, v, unsound"
  })
  void namesThatWouldLeaveTheirDirectoryAreUnsound(
      String pod, String container, String volume, String expected) {
    Pod read =
        PodJson.read(
            WHOLE
                .replace("\"name\":\"web\"", "\"name\":\"" + pod + "\"")
                .replace("\"name\":\"a\"", "\"name\":\"" + container + "\"")
                .replace("\"name\":\"v\",\"emptyDir\"", "\"name\":\"" + volume + "\",\"emptyDir\""),
            Pod.class);

    assertThat(Soundness.problem(desired("id", read)).isEmpty())
        .isEqualTo(expected.equals("sound"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(PORT, "null", "spec.containers[0].ports[0]: it is null"),
        arguments(
            "{\"name\":\"A\",\"value\":\"b\"}", "null", "spec.containers[0].env[0]: it is null"),
        arguments(PORT, "{}", "spec.containers[0].ports[0]: \"containerPort\" is missing"),
        arguments(PORT, "1", "spec.containers[0].ports[0]: a map is wanted, and this is a number"),
        arguments(
            "\"hostNetwork\":true",
            "\"hostAliases\":[{\"ip\":\"192.0.2.1\",\"hostnames\":[null]}]",
            "spec.hostAliases[0].hostnames[0]: it is null"),
        arguments(
            "\"hostNetwork\":true",
            "\"securityContext\":{\"supplementalGroups\":[1,\"\"]}",
            "spec.securityContext.supplementalGroups[1]: another kind of value is wanted"),
        arguments(
            "\"hostNetwork\":true",
            "\"hostNetwork\":\"no\"",
            "spec.hostNetwork: another kind of value is wanted"),
        arguments(
            "\"emptyDir\":{}",
            "\"emptyDir\":{\"sizeLimit\":\"1x\"}",
            "spec.volumes[0].emptyDir.sizeLimit: \"1x\" is not a quantity"),
        arguments(
            "\"image\":\"x\",\"ports\"",
            "\"image\":\"x\",\"resources\":{\"limits\":{\"memory\":\"1e999999\"}},\"ports\"",
            "spec.containers[0].resources.limits.memory: \"1e999999\" is not a quantity"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsWrongIsToldByItsPath(String right, String wrong, String told) {
    assertThat(WHOLE).contains(right);
    DesiredPod read = PodJson.read(wire("id", WHOLE.replace(right, wrong)), DesiredPod.class);

    assertThat(Soundness.problem(read)).contains("its manifest cannot be read: " + told);
  }

  private static String wire(String id, String manifest) {
    return """
    {"id":"%s","token":"one","run":true,"configMaps":{"c":{"key":"value"},"conf":{"a":"b"}},
     "secrets":{"keys":{"password":"p"}},"updateStrategy":"START_FIRST","after":[],"pod":%s}
    """
        .formatted(id, manifest);
  }

  /** Ten thousand manifests that are wrong somewhere, as one set that a server sends. */
  private static DesiredPods malformed() {
    StringJoiner pods = new StringJoiner(",", "{\"version\":1,\"pods\":[", "]}");
    List<String> manifests = Malformed.manifests(MALFORMED);
    for (int i = 0; i < manifests.size(); i++) {
      pods.add(wire("bad-" + i, manifests.get(i)));
    }
    pods.add(PodJson.write(Manifests.sleeper("good", "1")));
    DesiredPods read = PodJson.read(pods.toString(), DesiredPods.class);
    assertThat(read.pods()).hasSize(MALFORMED + 1);
    return read;
  }

  @Test
  void whatIsSoundCanBeMadeOrIsRefusedInWords() {
    Map<String, String> surprises = new TreeMap<>();
    int made = 0;
    for (DesiredPod pod : malformed().pods()) {
      Optional<String> problem = Soundness.problem(pod);
      problem.ifPresent(
          words -> assertThat(words).doesNotContain("java.", "Exception", "io.fabric8"));
      if (problem.isEmpty()) {
        made++;
        surprise(() -> Specifications.of(pod), pod, surprises);
        surprise(() -> StaticPods.of(pod), pod, surprises);
      }
    }

    assertThat(surprises).isEmpty();
    assertThat(made).isGreaterThan(1000);
  }

  private static void surprise(Runnable making, DesiredPod pod, Map<String, String> surprises) {
    try {
      making.run();
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageNotContaining("null");
    } catch (RuntimeException e) {
      surprises.put(e + " at " + List.of(e.getStackTrace()), PodJson.write(pod.pod()));
    }
  }

  @Test
  void tenThousandMalformedManifestsStopNobody() {
    InMemoryRuntime runtime = new InMemoryRuntime();
    try (Reconciler reconciler = new Reconciler(runtime, () -> {})) {
      reconciler.start();
      reconciler.desire(malformed());

      await().until(() -> runtime.done.contains("apply good 1"));
      Optional<ObservedPod> held =
          reconciler.observe().stream()
              .filter(pod -> pod.reason().equals("InvalidManifest"))
              .findFirst();
      assertThat(held.orElseThrow().message()).contains("its manifest");
    }
  }
}
