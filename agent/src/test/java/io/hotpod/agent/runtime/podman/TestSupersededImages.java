package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.hotpod.agent.runtime.podman.image.ImageArchives;
import io.hotpod.agent.runtime.podman.image.ImageCleaner;
import io.hotpod.agent.runtime.podman.image.ImageLedger;
import io.hotpod.agent.runtime.podman.image.ImagePolicy;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.agent.runtime.podman.image.Tar;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that lost their tag to a newer one, and images that came beside the one asked for. */
final class TestSupersededImages {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path directory;
  private final String prefix = "localhost/hotpod-superseded-" + UUID.randomUUID() + "/";
  private final String asked = prefix + "asked:1";
  private final String beside = prefix + "beside:1";
  private final String kept = prefix + "kept:1";
  private final Podman podman = new Podman(SharedPodman.socket());
  private ImageLedger ledger;
  private String older;

  /** An archive of two images, of which one supersedes what has its tag on the machine. */
  @BeforeEach
  void begin() throws Exception {
    ledger = new ImageLedger(directory.resolve("images.json"));
    Path archives = Files.createDirectories(directory.resolve("archives"));
    made("asked", asked);
    String newer = made("newer", beside);
    PodmanCommand.run(
        "save",
        "--quiet",
        "--multi-image-archive",
        "--output",
        archives.resolve("both.tar").toString(),
        asked,
        beside);
    PodmanCommand.run("image", "rm", asked, beside);
    older = made("older", beside);
    assertThat(older).isNotEqualTo(newer);
  }

  @AfterEach
  void end() throws Exception {
    PodmanCommand.run("image", "rm", "--ignore", asked, beside, kept);
    PodmanCommand.run("image", "rm", "--ignore", older);
    podman.close();
  }

  /** Returns the id of a new image of this content. */
  private String made(String content, String name) throws Exception {
    Path file = directory.resolve("content.tar");
    Files.write(file, Tar.of("content", content + prefix));
    PodmanCommand.run("import", "--quiet", file.toString(), name);
    return podman.imageId(name).orElseThrow();
  }

  private void load() throws InterruptedException {
    new Images(
            podman,
            ledger,
            new ImageArchives(directory.resolve("archives")),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .fetch(
            new ContainerBuilder().withImage(asked).withImagePullPolicy("IfNotPresent").build(),
            RegistryCredentials.of(Manifests.sleeper("any", "1")));
  }

  private void cleanLongAfter(String... needed) throws IOException, InterruptedException {
    new ImageCleaner(
            podman,
            ledger,
            ImagePolicy.USUAL,
            () -> Optional.of(Set.of(needed)),
            () -> 0.1,
            Clock.fixed(NOW.plus(Duration.ofDays(15)), ZoneOffset.UTC))
        .clean();
  }

  private boolean present(String image) throws InterruptedException {
    return podman.imageId(image).isPresent();
  }

  @Test
  void oneThatLostItsTagGoesAndTheNewOneStays() throws Exception {
    ledger.pulled(beside, NOW);
    load();
    assertThat(present(older)).isTrue();

    cleanLongAfter(asked, beside);

    assertThat(present(older)).isFalse();
    assertThat(present(asked)).isTrue();
    assertThat(present(beside)).isTrue();
  }

  @Test
  void oneThatOthersBroughtStaysThoughItLostItsTag() throws Exception {
    load();

    cleanLongAfter();

    assertThat(present(older)).isTrue();
  }

  @Test
  void oneThatGotAnotherNameStays() throws Exception {
    ledger.pulled(beside, NOW);
    load();
    PodmanCommand.run("tag", older, kept);

    cleanLongAfter();

    assertThat(present(kept)).isTrue();
  }

  @Test
  void oneThatAContainerHasStaysAsLongAsThat() throws Exception {
    ledger.pulled(beside, NOW);
    String container = "hotpod-superseded-" + UUID.randomUUID();
    PodmanCommand.run("create", "--name", container, beside, "/content");
    try {
      load();
      cleanLongAfter(asked, beside);
      assertThat(present(older)).isTrue();
    } finally {
      PodmanCommand.run("rm", "--force", container);
    }

    cleanLongAfter(asked, beside);
    assertThat(present(older)).isFalse();
  }

  @Test
  void whatCameInTheSameArchiveGoesWhenNobodyNeedsIt() throws Exception {
    load();

    cleanLongAfter(asked);

    assertThat(present(beside)).isFalse();
    assertThat(present(asked)).isTrue();
  }
}
