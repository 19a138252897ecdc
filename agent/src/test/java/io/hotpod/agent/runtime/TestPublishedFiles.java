package io.hotpod.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestPublishedFiles {
  @TempDir private Path home;

  private boolean publish(VolumeFile... files) throws IOException {
    return PublishedFiles.publish(home.resolve("v"), List.of(files), Optional.empty());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(home.resolve("v"))) {
      return list.map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith(".."))
          .sorted()
          .toList();
    }
  }

  @Test
  void contentIsSwappedAsAWhole() throws IOException {
    assertThat(publish(new VolumeFile("a", "1", 0600), new VolumeFile("d/b", "2", 0400))).isTrue();
    assertThat(publish(new VolumeFile("a", "1", 0600), new VolumeFile("d/b", "2", 0400))).isFalse();
    Path held = home.resolve("v/a").toRealPath();
    assertThat(Files.readString(home.resolve("v/d/b"))).isEqualTo("2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held)))
        .isEqualTo("rw-------");

    assertThat(publish(new VolumeFile("a", "3", 0600), new VolumeFile("c", "4", 0644))).isTrue();

    assertThat(names()).containsExactly("a", "c");
    assertThat(Files.readString(home.resolve("v/a"))).isEqualTo("3");
    assertThat(home.resolve("v/a").toRealPath()).isNotEqualTo(held);
    assertThat(held).doesNotExist();
    try (Stream<Path> all = Files.list(home.resolve("v"))) {
      assertThat(all.filter(path -> path.getFileName().toString().startsWith(".."))).hasSize(2);
    }
  }

  @Test
  void whatWasCutOffIsDoneAgain() throws IOException {
    publish(new VolumeFile("a", "1", 0600));
    String version = Files.readSymbolicLink(home.resolve("v/..data")).toString();
    Files.delete(home.resolve("v/..data"));
    Files.delete(home.resolve("v/a"));
    Files.writeString(home.resolve("v").resolve(version).resolve("half"), "x");

    assertThat(publish(new VolumeFile("a", "1", 0600))).isTrue();

    assertThat(Files.readString(home.resolve("v/a"))).isEqualTo("1");
    assertThat(home.resolve("v").resolve(version).resolve("half")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "..data", "..x/a", "."})
  void nothingIsWrittenElsewhere(String path) throws IOException {
    assertThatThrownBy(() -> publish(new VolumeFile(path, "1", 0600)))
        .isInstanceOf(ConfigurationException.class);
    assertThat(home.resolve("out")).doesNotExist();
  }
}
