package io.hotpod.agent.runtime;

import io.fabric8.kubernetes.api.model.KeyToPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of ConfigMap and Secret volumes on the machine. */
public final class RenderedFiles {
  private static final int DEFAULT_MODE = 0644;

  private RenderedFiles() {}

  /**
   * Makes a directory with one file for each key, or for each item where items are given. One that
   * is there is complete and stays as it is.
   *
   * @param directory is made, and closed directories above it where they are missing
   * @param mode of the files; null for the default of Kubernetes, 0644
   * @throws ConfigurationException when an item names a key that is not there, or leads out of the
   *     directory
   */
  public static void make(
      Path directory,
      Map<String, String> content,
      @Nullable List<KeyToPath> items,
      @Nullable Integer mode)
      throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path home = directory.resolve("..").normalize();
    PrivateFiles.directories(home);
    // Rendered aside and renamed: a directory that is there is complete.
    Path aside = home.resolve("." + directory.getFileName() + ".new");
    delete(aside);
    Files.createDirectory(aside);
    PrivateFiles.mode(aside, 0755);
    int usual = mode == null ? DEFAULT_MODE : mode;
    if (items == null || items.isEmpty()) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        PrivateFiles.write(below(aside, entry.getKey()), entry.getValue(), usual);
      }
    } else {
      for (KeyToPath item : items) {
        String value = content.get(item.getKey());
        if (value == null) {
          throw new ConfigurationException("references non-existent key: " + item.getKey());
        }
        Path file = below(aside, item.getPath());
        Files.createDirectories(file.resolve("..").normalize());
        PrivateFiles.write(file, value, item.getMode() == null ? usual : item.getMode());
      }
    }
    Files.move(aside, directory);
  }

  /**
   * As {@link #make}; where the directory is there, each file whose content differs is replaced in
   * one step, so a reader sees the old or the new one.
   */
  public static void replace(
      Path directory,
      Map<String, String> content,
      @Nullable List<KeyToPath> items,
      @Nullable Integer mode)
      throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      make(directory, content, items, mode);
      return;
    }
    int usual = mode == null ? DEFAULT_MODE : mode;
    if (items == null || items.isEmpty()) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        replace(below(directory, entry.getKey()), entry.getValue(), usual);
      }
      return;
    }
    for (KeyToPath item : items) {
      String value = content.get(item.getKey());
      if (value != null) {
        replace(
            below(directory, item.getPath()),
            value,
            item.getMode() == null ? usual : item.getMode());
      }
    }
  }

  private static void replace(Path file, String content, int mode) throws IOException {
    if (Files.isRegularFile(file) && Files.readString(file).equals(content)) {
      return;
    }
    Path home = file.resolve("..").normalize();
    Files.createDirectories(home);
    Path aside = home.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    PrivateFiles.write(aside, content, mode);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a directory with everything below it; a link is not followed. */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(directory)) {
      found = new ArrayList<>(walk.toList());
    }
    for (Path path : found.reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * A path below a directory.
   *
   * @throws ConfigurationException when it leads out
   */
  public static Path below(Path directory, String relative) {
    Path path = directory.resolve(relative).normalize();
    if (!path.startsWith(directory)) {
      throw new ConfigurationException(relative + " leads out of its volume");
    }
    return path;
  }
}
