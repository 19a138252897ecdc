package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.hotpod.agent.runtime.ConfigurationException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each type of a hostPath with what it is and with what it is not. */
final class TestHostPaths {
  @TempDir Path directory;

  private static Path check(String type, Path path) throws IOException {
    return HostPaths.check("v", new HostPathVolumeSource(path.toString(), type));
  }

  /** A path of each kind that can be had without being root. */
  private Map<String, Path> kinds() throws IOException {
    Path socket = directory.resolve("s");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
    return Map.of(
        "Socket", socket,
        "CharDevice", Path.of("/dev/null"),
        "Directory", Files.createDirectory(directory.resolve("d")),
        "File", Files.createFile(directory.resolve("f")));
  }

  @Test
  void pathIsOfItsKindAndOfNoOther() throws IOException {
    Map<String, Path> kinds = kinds();
    for (String type : List.of("Socket", "CharDevice", "BlockDevice", "Directory", "File")) {
      for (Map.Entry<String, Path> kind : kinds.entrySet()) {
        if (kind.getKey().equals(type)) {
          assertThat(check(type, kind.getValue())).isEqualTo(kind.getValue());
        } else {
          assertThatThrownBy(() -> check(type, kind.getValue()))
              .as("%s as a %s", kind, type)
              .isInstanceOf(ConfigurationException.class)
              .hasMessageContaining("is not a " + type);
        }
      }
      assertThatThrownBy(() -> check(type, directory.resolve("none")))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void whatIsMissingIsMadeForEverybodyToRead() throws IOException {
    Path made = check("DirectoryOrCreate", directory.resolve("a/b"));
    Path file = check("FileOrCreate", made.resolve("file"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwxr-xr-x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(check("DirectoryOrCreate", made)).isEqualTo(made);
    Files.writeString(file, "kept");
    assertThat(check("FileOrCreate", file)).hasContent("kept");
  }

  @Test
  void whatCannotBeMadeIsSaidInWords() throws IOException {
    Path file = Files.createFile(directory.resolve("f"));

    assertThatThrownBy(() -> check("DirectoryOrCreate", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("volume v: hostPath type check failed: " + file + " is not a Directory");
    assertThatThrownBy(() -> check("FileOrCreate", directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith(directory + " is not a File");
    assertThatThrownBy(() -> check("FileOrCreate", directory.resolve("none/f")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none/f is not there, and FileOrCreate makes none");
  }

  @Test
  void blockDeviceIsKnown() throws Exception {
    Path device = directory.resolve("block");
    Process made =
        new ProcessBuilder("mknod", device.toString(), "b", "7", "77")
            .redirectErrorStream(true)
            .start();
    assumeThat(made.waitFor()).as("may make devices").isZero();

    assertThat(check("BlockDevice", device)).isEqualTo(device);
    assertThatThrownBy(() -> check("CharDevice", device))
        .isInstanceOf(ConfigurationException.class);
  }
}
