package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.state.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The manifests of pods that start after others: in memory, with links to them in the manifest
 * directory. A boot clears them. A kubelet passes over links that lead nowhere, so it starts by
 * itself only the pods that wait for nobody, whether it or the agent is first.
 *
 * @param directory absolute; a tmpfs where there is one
 */
record FleetingFiles(Path directory) {
  FleetingFiles {
    directory = directory.toAbsolutePath().normalize();
  }

  /** Whether a file is a link into this directory; what it leads to need not be there. */
  boolean isLink(Path file) throws IOException {
    return Files.isSymbolicLink(file) && directory.equals(Files.readSymbolicLink(file).getParent());
  }

  /** Where a content is; each revision has a path of its own, so that none is changed in place. */
  Path path(StaticPodFile file) {
    return directory.resolve(file.name() + "." + file.revision() + ".json");
  }

  void write(StaticPodFile file) throws IOException {
    AtomicFile.write(path(file), file.bytes());
  }

  /** Removes what no link leads to. */
  void keepOnly(Set<Path> wanted) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
