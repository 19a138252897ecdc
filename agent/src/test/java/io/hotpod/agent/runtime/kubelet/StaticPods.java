package io.hotpod.agent.runtime.kubelet;

import io.hotpod.pod.DesiredPod;
import java.nio.file.Path;

/** The manifest that is made of a desired pod for a kubelet. */
public final class StaticPods {
  private static final StaticPodManifest MANIFESTS =
      new StaticPodManifest(
          "inst",
          new RenderedVolumes(Path.of("/nonexistent/disk"), Path.of("/nonexistent/memory")));

  private StaticPods() {}

  /**
   * The bytes of its file; touches no file.
   *
   * @throws io.hotpod.agent.runtime.ConfigurationException when the manifest cannot be followed
   */
  public static byte[] of(DesiredPod pod) {
    return MANIFESTS.of(pod, "web-0123456789", "r1").bytes();
  }
}
