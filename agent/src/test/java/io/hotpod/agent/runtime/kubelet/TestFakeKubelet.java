package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.testing.kubelet.Behaviour;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Writers and readers that break a rule are seen to break it by the kubelet to play against. */
final class TestFakeKubelet {
  private static final double SCALE = 0.02;

  @TempDir Path manifests;

  private FakeMachine machine;
  private FakeKubelet kubelet;

  @BeforeEach
  void begin() throws IOException {
    machine = new FakeMachine(new Pace(SCALE, new Random(7)));
    kubelet = FakeKubelet.start(machine, manifests);
  }

  @AfterEach
  void end() {
    kubelet.close();
  }

  private static String pod(String more, String image) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"%s},
     "spec":{"containers":[{"name":"main","image":"%s"}]}}
    """
        .formatted(more, image);
  }

  private Path rename(String name, String text) throws IOException {
    Path aside = Files.writeString(manifests.resolve("." + name), text);
    return Files.move(aside, manifests.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitViolation(String words) {
    await("violation: " + words)
        .until(() -> machine.violations().stream().anyMatch(one -> one.contains(words)));
  }

  @Test
  void writerThatRenamesBreaksNoRule() throws IOException {
    rename("web.json", pod("", Behaviour.RUNS.image()));
    await().until(() -> kubelet.isReady("web", ""));

    assertThat(machine.violations()).isEmpty();
    assertThat(kubelet.log()).isEmpty();
  }

  @Test
  void anotherRunStopsNothingBeforeItHasReadItsDirectory() throws IOException {
    rename("web.json", pod("", Behaviour.RUNS.image()));
    await().until(() -> kubelet.isReady("web", ""));
    String uid = kubelet.uid("web").orElseThrow();
    for (int i = 0; i < 2000; i++) {
      Files.writeString(manifests.resolve(i + "-takes-time.json"), "not: [a pod");
    }

    kubelet.kill();
    kubelet = FakeKubelet.start(machine, manifests);

    await().until(() -> kubelet.isReady("web", ""));
    assertThat(kubelet.uid("web")).contains(uid);
    assertThat(machine.stoppedAt("web")).isEmpty();
    assertThat(machine.starts("web")).isEqualTo(1);
  }

  @Test
  void writerThatOverwritesIsSeen() throws IOException {
    Path file = rename("web.json", pod("", Behaviour.RUNS.image()));
    await().until(() -> kubelet.isReady("web", ""));

    Files.writeString(file, pod("", Behaviour.EXITS_0.image()));

    awaitViolation("web.json was written in place");
  }

  @Test
  void temporaryFileThatIsVisibleIsSeen() throws IOException {
    rename("other.json", pod("", Behaviour.RUNS.image()).replace("web", "other"));
    await("the directory is watched").until(() -> kubelet.isReady("other", ""));
    Path visible = manifests.resolve("web.json.tmp");
    String text = pod("", Behaviour.RUNS.image());

    Files.writeString(visible, text.substring(0, 20));
    Files.writeString(visible, text.substring(20), StandardOpenOption.APPEND);
    Files.move(visible, manifests.resolve("web.json"));

    awaitViolation("web.json.tmp was written in place");
  }

  @Test
  void fixedUidAndReferencesToAnApiServerAreSeen() throws IOException {
    rename("web.json", pod(",\"uid\":\"1\"", Behaviour.RUNS.image()));
    awaitViolation("fixed metadata.uid");
    rename(
        "env.json",
        pod(
                "",
                Behaviour.RUNS.image()
                    + "\",\"envFrom\":[{\"secretRef\":{\"name\":\"s\"}}],\"x\":\"")
            .replace("web", "env"));
    awaitViolation("only an API server has");
  }

  @Test
  void readerThatTrustsThePhaseTakesACrashLoopForHealth() throws Exception {
    rename("web.json", pod("", Behaviour.EXITS_3.image()));
    KubeletSettings settings =
        new KubeletSettings(
            manifests,
            kubelet.url(),
            new KubeletCredentials.Anonymous(),
            new KubeletTrust.Fingerprint(Certificates.shared().fingerprint()),
            KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY);
    try (KubeletApi api = new KubeletApi(settings, Duration.ofSeconds(10))) {
      await("a crash loop")
          .until(
              () ->
                  api.pods().stream()
                      .anyMatch(pod -> restarts(pod) > 0 && !isReady(pod) && isRunning(pod)));
    }
  }

  private static boolean isRunning(JsonNode pod) {
    return pod.path("status").path("phase").asString("").equals("Running");
  }

  private static int restarts(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0).path("restartCount").asInt(0);
  }

  private static boolean isReady(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0).path("ready").asBoolean(false);
  }
}
