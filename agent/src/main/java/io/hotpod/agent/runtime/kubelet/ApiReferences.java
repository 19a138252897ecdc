package io.hotpod.agent.runtime.kubelet;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Optional;

/** What of a pod a kubelet would ask an API server for, and nothing here gives it instead. Pure. */
final class ApiReferences {
  private ApiReferences() {}

  /** Why the pod cannot run on a kubelet; empty when it can. */
  static Optional<String> refusal(PodSpec spec) {
    if (!spec.getImagePullSecrets().isEmpty()) {
      return Optional.of(
          "spec.imagePullSecrets: a kubelet asks an API server for these, and there is none; give"
              + " the credentials to the kubelet itself, in its config.json");
    }
    for (Volume volume : spec.getVolumes()) {
      if (volume.getProjected() == null || RenderedVolumes.isRendered(volume)) {
        continue;
      }
      for (VolumeProjection source : volume.getProjected().getSources()) {
        if (source.getConfigMap() != null || source.getSecret() != null) {
          return Optional.of(
              "spec.volumes["
                  + volume.getName()
                  + "].projected: beside what a pod says of itself, a kubelet asks an API server for"
                  + " config maps and secrets in it, and there is none; use a volume for each of the"
                  + " two");
        }
      }
    }
    return Optional.empty();
  }
}
