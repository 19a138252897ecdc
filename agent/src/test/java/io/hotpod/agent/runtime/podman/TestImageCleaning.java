package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.podman.image.ImageCleaner;
import io.hotpod.agent.runtime.podman.image.ImageLedger;
import io.hotpod.agent.runtime.podman.image.ImagePolicy;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk loses images that nobody needs, never one that a pod needs, and remembers which are
 * its own over a restart.
 */
final class TestImageCleaning {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path directory;
  private final String prefix = "localhost/hotpod-cleaning-" + UUID.randomUUID() + "/";
  private final Podman podman = new Podman(SharedPodman.socket());
  private Optional<Set<String>> needed = Optional.of(Set.of());
  private final Deque<Double> used = new ArrayDeque<>(List.of(0.1));

  @AfterEach
  void removeTags() throws Exception {
    for (String name : List.of("old:1", "new:1", "other:1")) {
      podman.removeImage(prefix + name);
    }
    podman.close();
  }

  /** One more name for the image of the tests: taking it away costs nothing. */
  private String image(String name) throws Exception {
    Process tag = new ProcessBuilder("podman", "tag", Manifests.IMAGE, prefix + name).start();
    assertThat(tag.waitFor(1, TimeUnit.MINUTES) && tag.exitValue() == 0).isTrue();
    return prefix + name;
  }

  private boolean present(String image) throws InterruptedException {
    return podman.imageId(image).isPresent();
  }

  /** A ledger as an agent reads it at its start. */
  private ImageLedger ledger() {
    return new ImageLedger(directory.resolve("images.json"));
  }

  private void clean(ImageLedger ledger) throws IOException, InterruptedException {
    new ImageCleaner(
            podman,
            ledger,
            ImagePolicy.USUAL,
            () -> needed,
            () -> used.size() > 1 ? used.pop() : used.getFirst(),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .clean();
  }

  @Test
  void oneWithoutUseForLongGoesAndOthersStay() throws Exception {
    String old = image("old:1");
    String young = image("new:1");
    String notPulled = image("other:1");
    ledger().pulled(old, NOW.minus(Duration.ofDays(15)));
    ledger().pulled(young, NOW.minus(Duration.ofDays(13)));

    clean(ledger());

    assertThat(present(old)).isFalse();
    assertThat(present(young)).isTrue();
    assertThat(present(notPulled)).isTrue();
  }

  @Test
  void fullDiskLosesTheLongestUnusedUntilThereIsRoom() throws Exception {
    String old = image("old:1");
    String young = image("new:1");
    String fresh = image("other:1");
    ledger().pulled(old, NOW.minus(Duration.ofHours(3)));
    ledger().pulled(young, NOW.minus(Duration.ofHours(2)));
    ledger().pulled(fresh, NOW.minus(Duration.ofMinutes(1)));
    used.clear();
    used.addAll(List.of(0.9, 0.79));

    clean(ledger());

    assertThat(present(old)).isFalse();
    assertThat(present(young)).isTrue();
    used.clear();
    used.add(0.99);
    clean(ledger());
    assertThat(present(young)).isFalse();
    assertThat(present(fresh)).as("pulled for a pod that is about to come").isTrue();
  }

  @Test
  void whatAPodNeedsStaysHoweverFullTheDiskIs() throws Exception {
    String old = image("old:1");
    ledger().pulled(old, NOW.minus(Duration.ofDays(400)));
    needed = Optional.of(Set.of(old));
    used.clear();
    used.add(1.0);

    clean(ledger());

    assertThat(present(old)).isTrue();
    needed = Optional.of(Set.of());
    clean(ledger());
    assertThat(present(old)).as("its age begins when it was last needed").isTrue();
  }

  @Test
  void nothingGoesWhileNobodyKnowsWhatIsNeeded() throws Exception {
    String old = image("old:1");
    ledger().pulled(old, NOW.minus(Duration.ofDays(400)));
    needed = Optional.empty();
    used.clear();
    used.add(1.0);

    clean(ledger());

    assertThat(present(old)).isTrue();
  }

  @Test
  void imagesOfPodsThatDoNotRunAreNeededToo() throws IOException {
    try (RuntimeFixture fixture = new RuntimeFixture()) {
      assertThat(fixture.runtime.neededImages()).isEmpty();
      DesiredPod suspended =
          Manifests.suspended(
              Manifests.pod(
                  "a", "1", "{'containers':[{'name':'main','image':'example.com/suspended:1'}]}"));
      DesiredPod waiting =
          Manifests.after(
              Manifests.pod(
                  "b",
                  "1",
                  "{'initContainers':[{'name':'init','image':'example.com/init:1'}],"
                      + "'containers':[{'name':'main','image':'example.com/waiting:1'}]}"),
              "a");

      fixture.runtime.desire(new DesiredPods(1, List.of(suspended, waiting)));

      assertThat(fixture.runtime.neededImages().orElseThrow())
          .containsExactlyInAnyOrder(
              "example.com/suspended:1", "example.com/init:1", "example.com/waiting:1");
    }
  }

  @Test
  void ledgerThatCannotBeReadRemovesNothing() throws Exception {
    String old = image("old:1");
    Files.writeString(directory.resolve("images.json"), "{\"lastNeeded\": 7");
    used.clear();
    used.add(1.0);

    clean(ledger());

    assertThat(present(old)).isTrue();
  }
}
