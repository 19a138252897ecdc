package io.hotpod.pod;

import java.util.Locale;

/** The phase of a pod, by the Kubernetes API reference (PodStatus.phase), spelled in upper case. */
public enum PodPhase {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  UNKNOWN;

  /** As Kubernetes writes it: {@code Running}. */
  public String kubernetesName() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
