package io.hotpod.agent.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files that readers see all old or all new, laid out as a kubelet does: the files are in a
 * directory of their content, {@code ..data} is a link to it that is swapped in one step, and each
 * name in the volume is a link through {@code ..data}. Not for two threads on one directory.
 */
public final class PublishedFiles {
  private static final String DATA = "..data";
  private static final int DIGEST_BYTES = 8;
  private static final int GROUP_READS = 0440;

  private final Path directory;
  private final Optional<FileGroup> group;

  private PublishedFiles(Path directory, Optional<FileGroup> group) {
    this.directory = directory;
    this.group = group;
  }

  /**
   * Makes the directory show exactly these files; does nothing where it does already.
   *
   * @param directory is made, and closed directories above it where they are missing
   * @param group whose members may read the files; empty for that of this process
   * @return whether anything changed
   * @throws ConfigurationException when a path leads out of the directory
   */
  public static boolean publish(Path directory, List<VolumeFile> files, Optional<FileGroup> group)
      throws IOException {
    return new PublishedFiles(directory, group).publish(files);
  }

  private boolean publish(List<VolumeFile> files) throws IOException {
    String version = ".." + digest(files);
    Set<String> names =
        files.stream()
            .map(file -> first(file.path()))
            .collect(Collectors.toCollection(TreeSet::new));
    Path data = directory.resolve(DATA);
    if (Files.isSymbolicLink(data)
        && Files.readSymbolicLink(data).toString().equals(version)
        && Files.isDirectory(directory.resolve(version), LinkOption.NOFOLLOW_LINKS)
        && names.stream().allMatch(name -> Files.isSymbolicLink(directory.resolve(name)))) {
      return false;
    }
    PrivateFiles.directories(directory.resolve("..").normalize());
    makeDirectory(directory);
    Path content = directory.resolve(version);
    RenderedFiles.delete(content);
    makeDirectory(content);
    for (VolumeFile file : files) {
      write(content, file);
    }
    if (group.isPresent()) {
      group.get().take(directory);
      for (VolumeFile file : files) {
        // Only now, so that no other group ever reads them.
        PrivateFiles.mode(RenderedFiles.below(content, file.path()), file.mode() | GROUP_READS);
      }
    }
    swap(data, version);
    for (String name : names) {
      link(name);
    }
    tidy(names, version);
    return true;
  }

  private void write(Path content, VolumeFile file) throws IOException {
    Path path = RenderedFiles.below(content, file.path());
    if (path.equals(content) || first(file.path()).startsWith("..")) {
      throw new ConfigurationException("\"" + file.path() + "\" cannot be the name of a file");
    }
    Path between = content;
    Path parents = content.relativize(path).getParent();
    if (parents != null) {
      for (Path part : parents) {
        between = between.resolve(part);
        makeDirectory(between);
      }
    }
    PrivateFiles.write(path, file.content(), file.mode());
  }

  private void makeDirectory(Path path) throws IOException {
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
    PrivateFiles.mode(path, 0755);
  }

  private void swap(Path data, String version) throws IOException {
    Path aside = directory.resolve("..data_tmp");
    Files.deleteIfExists(aside);
    Files.createSymbolicLink(aside, Path.of(version));
    Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void link(String name) throws IOException {
    Path link = directory.resolve(name);
    if (!Files.isSymbolicLink(link)) {
      RenderedFiles.delete(link);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(DATA, name));
    }
  }

  /** Removes names that are gone and older contents. */
  private void tidy(Set<String> names, String version) throws IOException {
    List<Path> present;
    try (Stream<Path> list = Files.list(directory)) {
      present = list.toList();
    }
    for (Path path : present) {
      String name = String.valueOf(path.getFileName());
      if (!names.contains(name) && !name.equals(DATA) && !name.equals(version)) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          RenderedFiles.delete(path);
        } else {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static String first(String path) {
    return Path.of(path).normalize().getName(0).toString();
  }

  private static String digest(List<VolumeFile> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (VolumeFile file : files) {
        for (String part : List.of(file.path(), file.content(), Integer.toString(file.mode()))) {
          byte[] bytes = part.getBytes(UTF_8);
          digest.update((bytes.length + ":").getBytes(UTF_8));
          digest.update(bytes);
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
