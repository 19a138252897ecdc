package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.podman.image.Tar;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine without a registry, with archives of images. */
final class TestLoadingOnPodman {
  private final String image = "localhost/hotpod-archived-" + UUID.randomUUID() + ":1";
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
    Files.createDirectories(fixture.archives());
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
    PodmanCommand.run("image", "rm", "--force", "--ignore", image);
  }

  /** Puts the test image into an archive, under a name that is not in Podman afterwards. */
  private Path archive(String format) throws IOException, InterruptedException {
    Path file = fixture.state.resolve("image.tar");
    PodmanCommand.run("tag", Manifests.IMAGE, image);
    PodmanCommand.run("save", "--quiet", "--format", format, "--output", file.toString(), image);
    PodmanCommand.run("untag", Manifests.IMAGE, image);
    return file;
  }

  private DesiredPod pod(String policy) {
    return Manifests.pod(
        "a",
        "one",
        "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'"
            + image
            + "','imagePullPolicy':'"
            + policy
            + "','command':['sh','-c','exec sleep 1000']}]}");
  }

  @ParameterizedTest
  @CsvSource({"docker-archive, IfNotPresent", "oci-archive, Always"})
  void missingImageIsLoadedFromItsArchive(String format, String policy) throws Exception {
    Files.move(archive(format), fixture.archives().resolve("image.tar"));

    ObservedPod ready = fixture.applyReady(pod(policy));
    assertThat(fixture.main(ready).imageId()).isPresent();

    PodmanPods.kill(fixture.main(ready).containerId().orElseThrow());
    fixture.awaitPod("a", again -> again.ready() && again.restarts() == 1);
  }

  @Test
  void imageThatSomebodyRemovedIsLoadedAgain() throws Exception {
    Files.move(archive("docker-archive"), fixture.archives().resolve("image.tar"));
    ObservedPod first = fixture.applyReady(pod("IfNotPresent"));
    fixture.runtime.remove(first.id(), first.token());
    PodmanCommand.run("image", "rm", image);

    ObservedPod again = fixture.applyReady(pod("IfNotPresent"));
    assertThat(fixture.main(again).imageId()).isEqualTo(fixture.main(first).imageId());
  }

  @Test
  void archiveThatPodmanRefusesIsNamedWithTheReason() throws Exception {
    Files.write(
        fixture.archives().resolve("image.tar"),
        Tar.of(
            "manifest.json",
            "[{\"Config\":\"none.json\",\"RepoTags\":[\"" + image + "\"],\"Layers\":[]}]"));
    Files.writeString(fixture.archives().resolve("other"), "nonsense".repeat(100));

    fixture.runtime.apply(pod("IfNotPresent"));
    ObservedPod failing =
        fixture.awaitPod(
            "a",
            seen ->
                !seen.containers().isEmpty()
                    && fixture.main(seen).state() instanceof ContainerState.Waiting waiting
                    && waiting.reason().equals("ImagePullBackOff"));

    ContainerState.Waiting waiting = (ContainerState.Waiting) fixture.main(failing).state();
    assertThat(waiting.message())
        .contains("failed to load image \"" + image + "\" from", "image.tar");
  }

  @Test
  void preparationSaysWhyAnImageCannotBeHad() throws Exception {
    assertThat(fixture.runtime.prepare(pod("IfNotPresent")).orElseThrow().reason())
        .isEqualTo("ErrImagePull");
    assertThat(fixture.runtime.prepare(pod("Never")).orElseThrow().reason())
        .isEqualTo("ErrImageNeverPull");

    Files.move(archive("docker-archive"), fixture.archives().resolve("image.tar"));
    assertThat(fixture.runtime.prepare(pod("IfNotPresent"))).isEmpty();
  }

  @Test
  void imageThatIsNowhereSaysWhereAnArchiveIsLookedFor() {
    fixture.runtime.apply(pod("IfNotPresent"));
    ObservedPod failing =
        fixture.awaitPod(
            "a",
            seen ->
                !seen.containers().isEmpty()
                    && fixture.main(seen).state() instanceof ContainerState.Waiting waiting
                    && waiting.reason().equals("ImagePullBackOff"));

    assertThat(((ContainerState.Waiting) fixture.main(failing).state()).message())
        .contains("put an archive of it into " + fixture.archives());
  }
}
