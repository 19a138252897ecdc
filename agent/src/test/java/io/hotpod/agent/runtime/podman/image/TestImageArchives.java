package io.hotpod.agent.runtime.podman.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which image is in which archive, without a Podman. */
final class TestImageArchives {
  private static final String DOCKER =
      "[{\"Config\":\"c\",\"RepoTags\":[\"localhost/a:1\",\"b:latest\"]}]";
  private static final String OCI =
      """
      {"manifests":[
        {"annotations":{"org.opencontainers.image.ref.name":"registry:5000/c:2"}},
        {"annotations":{"org.opencontainers.image.ref.name":"3","io.containerd.image.name":"d:3"}}]}
      """;

  private @TempDir Path directory;

  private ImageArchives archives() {
    return new ImageArchives(directory);
  }

  @Test
  void bothKindsTellTheirNames() throws IOException {
    Path docker =
        Files.write(
            directory.resolve("a.tar"), Tar.of("layer", "x".repeat(700), "manifest.json", DOCKER));
    Path oci = Files.write(directory.resolve("c.tar"), Tar.of("./index.json", OCI, "blobs/x", "y"));

    ImageArchives archives = archives();

    assertThat(archives.holding("localhost/a:1")).contains(docker);
    assertThat(archives.holding("docker.io/library/b:latest")).contains(docker);
    assertThat(archives.holding("registry:5000/c:2")).contains(oci);
    assertThat(archives.holding("d:3")).contains(oci);
    assertThat(archives.holding("localhost/a:2")).isEmpty();
    assertThat(archives.holding("3")).isEmpty();
    assertThat(archives.problems()).isEmpty();
  }

  @Test
  void gzippedOneIsReadToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Tar.of("manifest.json", DOCKER));
    }
    Path file = Files.write(directory.resolve("a.tar.gz"), bytes.toByteArray());

    assertThat(archives().holding("localhost/a:1")).contains(file);
  }

  @Test
  void whatCannotBeReadIsNamedAndHidesNothing() throws IOException {
    Path good = Files.write(directory.resolve("good.tar"), Tar.of("manifest.json", DOCKER));
    Files.writeString(directory.resolve("text"), "not an archive".repeat(100));
    byte[] whole = Tar.of("layer", "x".repeat(5000), "manifest.json", DOCKER);
    Files.write(directory.resolve("short.tar"), Arrays.copyOf(whole, 2000));
    Files.write(directory.resolve("other.tar"), Tar.of("a", "b"));
    Files.write(directory.resolve("broken.tar"), Tar.of("manifest.json", "[{"));
    Files.writeString(directory.resolve(".hidden"), "not looked at");
    Files.createDirectory(directory.resolve("directory"));
    Files.createSymbolicLink(directory.resolve("nowhere"), Path.of("/nonexistent"));

    ImageArchives archives = archives();

    assertThat(archives.holding("localhost/a:1")).contains(good);
    assertThat(archives.problems())
        .contains("text (it is no tar archive", "short.tar (it ends in the middle)")
        .contains("other.tar (it has neither manifest.json nor index.json)")
        .contains("broken.tar (manifest.json in it is not JSON)")
        .doesNotContain("good", "hidden", "directory (", "nowhere");
  }

  @Test
  void directoryAndFilesMayComeAndGo() throws IOException {
    Path later = directory.resolve("later");
    ImageArchives archives = new ImageArchives(later);
    assertThat(archives.holding("localhost/a:1")).isEmpty();

    Files.createDirectory(later);
    Path file = Files.write(later.resolve("a.tar"), Tar.of("manifest.json", DOCKER));
    assertThat(archives.holding("localhost/a:1")).contains(file);
    Path newer = Files.write(later.resolve("0.tar"), Tar.of("manifest.json", DOCKER));
    Files.setLastModifiedTime(newer, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(archives.holding("localhost/a:1")).contains(newer);
    Files.delete(newer);
    assertThat(archives.holding("localhost/a:1")).contains(file);
  }

  @Test
  void sizesThatAreNoneAreRefused() throws IOException {
    byte[] tar = Tar.of("layer", "x");
    Tar.put(tar, 124, "99999999999");
    Path file = Files.write(directory.resolve("a.tar"), tar);
    assertThatThrownBy(() -> ImageNames.in(file)).hasMessageContaining("no number");
    Arrays.fill(tar, 124, 136, (byte) 0xff);
    Files.write(file, tar);
    assertThatThrownBy(() -> ImageNames.in(file)).hasMessageContaining("more in it");
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest",
    "busybox:1, docker.io/library/busybox:1",
    "team/app, docker.io/team/app:latest",
    "localhost/app:1, localhost/app:1",
    "registry:5000/app, registry:5000/app:latest",
    "r.example/a/b@sha256:00, r.example/a/b@sha256:00"
  })
  void shortNamesAreMadeFull(String name, String full) {
    assertThat(ImageNames.full(name)).isEqualTo(full);
  }
}
