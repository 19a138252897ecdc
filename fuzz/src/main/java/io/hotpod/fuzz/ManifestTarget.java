package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.Nodes;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.PodManifest;
import java.util.Map;

/** Reads any text as a pod manifest; one that is accepted is the same pod when read again. */
public final class ManifestTarget {
  private static final ManifestContext CONTEXT = ManifestContext.of(Map.of(), Map.of());

  private ManifestTarget() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    Refusals.only(true, () -> readAgain(PodManifest.read("t", text, CONTEXT)));
  }

  private static void readAgain(PodManifest manifest) {
    PodManifest again = PodManifest.read(Nodes.of(PodJson.toTree(manifest.pod())), CONTEXT);
    if (!again.digest().equals(manifest.digest())) {
      throw new IllegalStateException("another pod when read again: " + manifest.pod());
    }
  }
}
