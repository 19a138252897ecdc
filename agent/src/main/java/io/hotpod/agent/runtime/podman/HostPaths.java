package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.hotpod.agent.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The types of a hostPath, by the Kubernetes API reference (HostPathVolumeSource). */
final class HostPaths {
  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int CHARACTER_DEVICE = 0020000;

  private HostPaths() {}

  /**
   * @return the path, made where its type says so
   * @throws ConfigurationException when the path is not what its type says
   */
  static Path check(String volume, HostPathVolumeSource source) throws IOException {
    Path path = Path.of(source.getPath());
    String type = source.getType() == null ? "" : source.getType();
    boolean right =
        switch (type) {
          case "" -> Files.exists(path) || made(Files.createDirectories(path));
          case "DirectoryOrCreate" ->
              Files.isDirectory(path) || made(Files.createDirectories(path));
          case "Directory" -> Files.isDirectory(path);
          case "FileOrCreate" -> Files.isRegularFile(path) || made(Files.createFile(path));
          case "File" -> Files.isRegularFile(path);
          case "Socket" -> kind(path) == SOCKET;
          case "CharDevice" -> kind(path) == CHARACTER_DEVICE;
          case "BlockDevice" -> kind(path) == BLOCK_DEVICE;
          default ->
              throw new ConfigurationException(
                  "volume " + volume + ": hostPath type " + type + " is not known");
        };
    if (!right) {
      throw new ConfigurationException(
          "volume " + volume + ": hostPath type check failed: " + path + " is not a " + type);
    }
    return path;
  }

  /** The kind of file, as stat(2) has it in the mode; 0 for none. Links are followed. */
  private static int kind(Path path) throws IOException {
    return Files.exists(path) ? (int) Files.getAttribute(path, "unix:mode") & KIND : 0;
  }

  private static boolean made(Path path) {
    return Files.exists(path);
  }
}
