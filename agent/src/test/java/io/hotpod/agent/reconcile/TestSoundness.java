package io.hotpod.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
  private static final int MALFORMED = 10_000;
  private static final List<String> JUNK =
      List.of(
          "null",
          "1",
          "\"\"",
          "\"../../etc\"",
          "[]",
          "{}",
          "[null]",
          "\"a/b\"",
          "true",
          "\"\\u0000\"");

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

  @Test
  void emptyPortIsUnsound() {
    String one = "{\"containerPort\":1,\"hostPort\":2}";
    Pod read =
        PodJson.read(WHOLE.replace(one, "null").replace("\"hostNetwork\":true,", ""), Pod.class);

    assertThat(Soundness.problem(desired("id", read))).contains("a port of its manifest is empty");
  }

  /** Ten thousand manifests that are wrong somewhere, without those that are not even read. */
  private static List<DesiredPod> malformed() {
    Random random = new Random(7);
    List<DesiredPod> pods = new ArrayList<>();
    for (int i = 0; i < MALFORMED; i++) {
      JsonNode tree = PodJson.read(WHOLE, JsonNode.class);
      spoil(tree, random);
      try {
        pods.add(desired("bad-" + i, PodJson.read(tree, Pod.class)));
      } catch (JacksonException e) {
        // The whole answer is refused.
      }
    }
    assertThat(pods).hasSizeBetween(1000, MALFORMED - 100);
    return pods;
  }

  @Test
  void whatIsSoundCanBeMadeOrIsRefusedInWords() {
    Map<String, String> surprises = new TreeMap<>();
    int made = 0;
    for (DesiredPod pod : malformed()) {
      if (Soundness.problem(pod).isEmpty()) {
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
      surprises.put(e + " at " + e.getStackTrace()[0], PodJson.write(pod.pod()));
    }
  }

  @Test
  void tenThousandMalformedManifestsStopNobody() {
    List<DesiredPod> pods = malformed();
    pods.add(Manifests.sleeper("good", "1"));

    InMemoryRuntime runtime = new InMemoryRuntime();
    try (Reconciler reconciler = new Reconciler(runtime, () -> {})) {
      reconciler.start();
      reconciler.desire(new DesiredPods(1, pods));

      await().until(() -> runtime.done.contains("apply good 1"));
      Optional<ObservedPod> held =
          reconciler.observe().stream()
              .filter(pod -> pod.reason().equals("InvalidManifest"))
              .findFirst();
      assertThat(held.orElseThrow().message()).contains("its manifest");
    }
  }

  private static void spoil(JsonNode tree, Random random) {
    JsonNode at = tree;
    for (; ; ) {
      List<JsonNode> children = new ArrayList<>();
      at.forEach(children::add);
      if (children.isEmpty()) {
        return;
      }
      int index = random.nextInt(children.size());
      JsonNode child = children.get(index);
      if (child.isEmpty() || random.nextInt(4) == 0) {
        JsonNode junk = PodJson.read(JUNK.get(random.nextInt(JUNK.size())), JsonNode.class);
        if (at instanceof ObjectNode object) {
          object.set(new ArrayList<>(object.propertyNames()).get(index), junk);
        } else if (at instanceof ArrayNode array) {
          array.set(index, junk);
        }
        return;
      }
      at = child;
    }
  }
}
