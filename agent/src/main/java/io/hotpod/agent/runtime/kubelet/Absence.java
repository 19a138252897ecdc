package io.hotpod.agent.runtime.kubelet;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Why a kubelet does not show a pod whose file has been there for a whole listing of its directory.
 * A kubelet itself says so in its log only.
 *
 * @param reason one word
 * @param message for people, with what to do
 */
record Absence(String reason, String message) {
  /** Another pod has the name. */
  static final String SHADOWED = "Shadowed";

  /** The kubelet did not take the file. */
  static final String REFUSED = "Refused";

  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  /** The likely reason. */
  static Absence of(StaticPodFile file, ManifestDirectory directory, KubeletView view) {
    Optional<Path> rival = rival(file, directory);
    if (rival.isPresent()) {
      return new Absence(
          SHADOWED,
          rival.get()
              + " defines a pod of the same name, "
              + file.name()
              + ", and the kubelet took that one; move that file out of the directory");
    }
    if (view.pods().stream().anyMatch(file::isCalled)) {
      return new Absence(
          SHADOWED,
          "the kubelet has another pod called "
              + file.name()
              + "; it comes from another directory or an earlier file; its log says more");
    }
    Path path = directory.file(file);
    if (view.pods().isEmpty()) {
      return new Absence(
          REFUSED,
          "the kubelet shows no pod at all: either it reads another directory than "
              + directory.path()
              + " (its staticPodPath), or it refuses "
              + path.getFileName()
              + "; its log says why");
    }
    return new Absence(
        REFUSED,
        "the kubelet does not take "
            + path
            + ", most likely because something in the manifest is not valid for its release; its"
            + " log has a line with the name of the file");
  }

  /** Another file of the directory with the same namespace and name inside. */
  private static Optional<Path> rival(StaticPodFile file, ManifestDirectory directory) {
    try {
      for (Path other : directory.foreign()) {
        if (names(other, file)) {
          return Optional.of(other);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean names(Path other, StaticPodFile file) {
    try {
      JsonNode metadata =
          READER.read(other.toString(), Files.readString(other)).toJson().path("metadata");
      return metadata.path("name").asString("").equals(file.name())
          && metadata.path("namespace").asString("default").equals(file.namespace());
    } catch (IOException | DocumentException e) {
      return false;
    }
  }
}
