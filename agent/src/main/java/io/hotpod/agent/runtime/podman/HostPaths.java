package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.hotpod.agent.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The types of a hostPath, by the Kubernetes API reference (HostPathVolumeSource). */
final class HostPaths {
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
          case "Socket", "CharDevice", "BlockDevice" ->
              Files.exists(path) && Files.readAttributes(path, BasicFileAttributes.class).isOther();
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

  private static boolean made(Path path) {
    return Files.exists(path);
  }
}
