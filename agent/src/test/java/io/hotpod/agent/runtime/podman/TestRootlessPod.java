package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's runtime as an ordinary user starts it, with that user's own Podman. */
final class TestRootlessPod {
  @Test
  void ordinaryUsersPodBecomesReadyAndIsRemoved(@TempDir Path directory) throws Exception {
    OrdinaryUser user = new OrdinaryUser(directory);
    Path image = image(directory.resolve("image.tar"));

    String said = user.run(RootlessPod.class, List.of(image.toString()), Duration.ofMinutes(2));

    assertThat(said.lines())
        .containsExactly(
            "ready, restarts 0",
            "1000 2000",
            "hello",
            "2000:2777",
            "2000:2777",
            "1000:2000",
            "/host",
            "127.0.0.1",
            "rwxr-xr-x",
            "hello of " + OrdinaryUser.ID,
            "removed: [] []");
  }

  private static Path image(Path archive) throws Exception {
    // It makes the image.
    SharedPodman.socket();
    Process save =
        new ProcessBuilder(
                "podman",
                "save",
                "--quiet",
                "--format",
                "docker-archive",
                "--output",
                archive.toString(),
                Manifests.IMAGE)
            .inheritIO()
            .start();
    assertThat(save.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(save.exitValue()).isZero();
    return archive;
  }
}
