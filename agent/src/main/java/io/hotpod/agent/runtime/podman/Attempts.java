package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;

/** The number that a container carries in its label. */
final class Attempts {
  private Attempts() {}

  /** 0 when the label is missing or not a number. */
  static int of(ContainerView view) {
    return read(view.labels().getOrDefault(Labels.ATTEMPT, "0"));
  }

  static int read(String label) {
    try {
      return Integer.parseInt(label);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
