package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.Logged;
import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.podman.image.Tar;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.registry.FakeRegistry;
import io.hotpod.testing.registry.OciImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Images that come from a registry, whose certificate a Podman service of its own does not check.
 */
final class TestPullsOnPodman {
  private static final String USER = "machine";
  private static final String PASSWORD = "right-" + UUID.randomUUID();
  private static final String MISTAKE = "wrong-" + UUID.randomUUID();

  private static final FakeRegistry REGISTRY = new FakeRegistry(Certificates.shared().context());
  private static final List<String> PUSHED = new ArrayList<>();
  private static Path directory;
  private static PodmanService service;
  private static OciImage base;

  private RuntimeFixture fixture;

  @BeforeAll
  static void beginAll() throws Exception {
    // Makes the image that the others are made of.
    assertThat(SharedPodman.socket()).isNotNull();
    directory = Files.createTempDirectory("hotpod-pulls");
    Path registries = directory.resolve("registries.conf");
    Files.writeString(
        registries,
        """
        [[registry]]
        location = "%s"
        insecure = true
        """
            .formatted(REGISTRY.address()));
    service =
        PodmanService.start(directory, Map.of("CONTAINERS_REGISTRIES_CONF", registries.toString()));
    Path layout = directory.resolve("layout");
    PodmanCommand.run(
        "save", "--quiet", "--format", "oci-dir", "-o", layout.toString(), Manifests.IMAGE);
    base = OciImage.read(layout);
  }

  @AfterAll
  static void endAll() throws Exception {
    service.close();
    REGISTRY.close();
    for (String image : PUSHED) {
      PodmanCommand.run("image", "rm", "--force", "--ignore", image);
    }
    RenderedFiles.delete(directory);
  }

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture(service.socket());
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  /** Puts an image into the registry that nobody has yet. */
  private static OciImage push(String repository, String content) throws IOException {
    OciImage image = base.withLayer(Tar.of("content", content, "unique", UUID.randomUUID() + ""));
    PUSHED.add(image.id());
    REGISTRY.push(repository, "1", image);
    return image;
  }

  private static String name(String repository) {
    return REGISTRY.address() + "/" + repository;
  }

  private static DesiredPod pod(String id, String token, String image, String more) {
    return pod(id, token, image, more, PASSWORD);
  }

  /** One container that tells its image's content; the pod's pull secret has that password. */
  private static DesiredPod pod(
      String id, String token, String image, String more, String password) {
    String login = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(UTF_8));
    return Manifests.pod(
        id,
        token,
        "{'terminationGracePeriodSeconds':1,"
            + more
            + "'containers':[{'name':'main','image':'"
            + image
            + "','imagePullPolicy':'POLICY',".replace("POLICY", policy(id))
            + "'command':['sh','-c','cat /content; echo; exec sleep 1000']}]}",
        Map.of(),
        Map.of(
            "login",
            Map.of(
                ".dockerconfigjson",
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(REGISTRY.address(), login))));
  }

  private static String policy(String id) {
    return id.equals("always") ? "Always" : "IfNotPresent";
  }

  private static final String LOGIN = "'imagePullSecrets':[{'name':'login'}],";

  private static boolean waits(ObservedPod pod, String reason, String... words) {
    return pod.containers().getFirst().state() instanceof ContainerState.Waiting waiting
        && waiting.reason().equals(reason)
        && List.of(words).stream().allMatch(waiting.message()::contains);
  }

  @Test
  void protectedImageComesToThePodThatBringsTheLogin() throws Exception {
    for (String repository : List.of("team/none", "team/wrong", "team/right")) {
      REGISTRY.protect(repository, USER, PASSWORD);
      push(repository, "of " + repository);
    }
    DesiredPod wrong = pod("wrong", "one", name("team/wrong:1"), LOGIN, MISTAKE);
    try (Logged logged = new Logged()) {
      fixture.runtime.apply(pod("none", "one", name("team/none:1"), ""));
      fixture.runtime.apply(wrong);
      ObservedPod right = fixture.applyReady(pod("right", "one", name("team/right:1"), LOGIN));

      assertThat(right.containers()).extracting(ContainerStatus::failures).containsExactly(0);
      fixture.awaitLogs("right", "main", "of team/right\n");
      for (String refused : List.of("none", "wrong")) {
        ObservedPod waiting =
            fixture.awaitPod(
                refused,
                pod ->
                    waits(
                        pod,
                        "ImagePullBackOff",
                        "Back-off pulling image \"" + name("team/" + refused) + ":1\"",
                        "unauthorized; ",
                        refused.equals("none") ? "have no login for it" : "is refused"));
        assertThat(PodJson.write(waiting)).doesNotContain(MISTAKE, PASSWORD);
        assertThat(REGISTRY.pulls("team/" + refused)).isZero();
      }
      assertThat(REGISTRY.pulls("team/right")).isEqualTo(1);
      String encoded = Base64.getEncoder().encodeToString((USER + ":" + MISTAKE).getBytes(UTF_8));
      assertThat(logged.text()).contains("ErrImagePull").doesNotContain(MISTAKE, PASSWORD, encoded);
      assertThat(Files.readString(directory.resolve("podman-service.log")))
          .doesNotContain(MISTAKE, PASSWORD, encoded);
    }
  }

  @Test
  void correctedLoginIsTakenAtOnceInTheWaitingPod() throws Exception {
    REGISTRY.protect("team/corrected", USER, PASSWORD);
    push("team/corrected", "content");
    String image = name("team/corrected:1");
    fixture.runtime.apply(pod("web", "one", image, LOGIN, MISTAKE));
    fixture.awaitPod("web", pod -> waits(pod, "ImagePullBackOff"));

    fixture.runtime.apply(pod("web", "one", image, LOGIN));

    // The back-off is of 10 s.
    fixture.awaitPod("web", java.time.Duration.ofSeconds(8), ObservedPod::ready);
  }

  @Test
  void movedTagIsSeenWhereThePolicyIsAlways() throws Exception {
    OciImage first = push("team/moved", "first");
    fixture.applyReady(pod("present", "one", name("team/moved:1"), ""));
    ObservedPod always = fixture.applyReady(pod("always", "one", name("team/moved:1"), ""));
    assertThat(always.containers().getFirst().imageId())
        .contains(name("team/moved@") + first.digest());
    OciImage second = push("team/moved", "second");
    long pulls = REGISTRY.pulls("team/moved");

    assertThat(again("present").imageId()).contains(name("team/moved@") + first.digest());
    assertThat(REGISTRY.pulls("team/moved")).isEqualTo(pulls);
    assertThat(again("always").imageId()).contains(name("team/moved@") + second.digest());

    fixture.awaitLogs("always", "main", "second\n");
    assertThat(REGISTRY.pulls("team/moved")).isEqualTo(pulls + 1);
  }

  /** Ends a pod's container and returns it as it is when it runs again. */
  private ContainerStatus again(String id) throws Exception {
    ContainerStatus before = fixture.main(fixture.awaitPod(id, ObservedPod::ready));
    PodmanPods.kill(before.containerId().orElseThrow());
    return fixture.main(
        fixture.awaitPod(id, pod -> pod.ready() && fixture.main(pod).restarts() == 1));
  }

  @Test
  void digestNamesAnImageThatHasNoTagAnyMore() throws Exception {
    OciImage pinned = push("team/pinned", "pinned");
    push("team/pinned", "newer");
    String image = name("team/pinned@") + pinned.digest();
    String missing = image.substring(0, image.length() - 4) + "0000";
    fixture.runtime.apply(pod("missing", "one", missing, ""));

    ObservedPod ready = fixture.applyReady(pod("pinned", "one", image, ""));

    assertThat(ready.containers().getFirst().imageId()).contains(image);
    fixture.awaitLogs("pinned", "main", "pinned\n");
    fixture.awaitPod("missing", pod -> waits(pod, "ImagePullBackOff", "manifest unknown"));
  }

  @Test
  void oldPodServesUntilTheNewImageIsThere() throws Exception {
    push("team/served", "old");
    push("team/slow", "new");
    REGISTRY.protect("team/slow", USER, PASSWORD);
    CountDownLatch gate = new CountDownLatch(1);
    REGISTRY.holdUntil("team/slow", gate);
    try (Reconciler reconciler = new Reconciler(fixture.runtime, () -> {})) {
      reconciler.start();
      reconciler.desire(new DesiredPods(1, List.of(pod("web", "one", name("team/served:1"), ""))));
      ObservedPod before = fixture.awaitPod("web", ObservedPod::ready);

      reconciler.desire(new DesiredPods(2, List.of(pod("web", "two", name("team/slow:1"), LOGIN))));
      await("the pull").until(() -> REGISTRY.isHolding("team/slow"));

      assertThat(fixture.runtime.observe().orElseThrow())
          .singleElement()
          .matches(ObservedPod::ready)
          .matches(pod -> !pod.terminating())
          .returns(fixture.main(before).containerId(), pod -> fixture.main(pod).containerId());
      assertThat(PodmanPods.running(fixture.instance)).containsExactly(before.name());
      gate.countDown();
      fixture.awaitPod("web", pod -> pod.ready() && pod.token().value().equals("two"));
      fixture.awaitLogs("web", "main", "new\n");
      assertThat(REGISTRY.pulls("team/slow")).isEqualTo(1);
    } finally {
      gate.countDown();
    }
  }
}
