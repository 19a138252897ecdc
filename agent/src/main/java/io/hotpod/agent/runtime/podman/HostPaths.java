package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
          case "" -> Files.exists(path) || directory(path);
          case "DirectoryOrCreate" ->
              Files.isDirectory(path) || (!Files.exists(path) && directory(path));
          case "Directory" -> Files.isDirectory(path);
          case "FileOrCreate" ->
              Files.isRegularFile(path) || (!Files.exists(path) && file(volume, path));
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
          "volume "
              + volume
              + ": hostPath type check failed: "
              + path
              + " is not a "
              + type.replace("OrCreate", ""));
    }
    return path;
  }

  /** The kind of file, as stat(2) has it in the mode; 0 for none. Links are followed. */
  private static int kind(Path path) throws IOException {
    return Files.exists(path) ? (int) Files.getAttribute(path, "unix:mode") & KIND : 0;
  }

  private static boolean directory(Path path) throws IOException {
    Directories.make(path, 0755);
    return true;
  }

  private static boolean file(String volume, Path path) throws IOException {
    try {
      PrivateFiles.write(path, "", 0644);
      return true;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          "volume "
              + volume
              + ": hostPath type check failed: the directory of "
              + path
              + " is not there, and FileOrCreate makes none",
          e);
    }
  }
}
