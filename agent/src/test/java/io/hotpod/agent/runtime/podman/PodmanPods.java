package io.hotpod.agent.runtime.podman;

import java.time.Duration;
import java.util.List;

/** What Podman has of one instance, seen past the agent. */
public final class PodmanPods {
  private PodmanPods() {}

  public static List<String> names(String instance) throws InterruptedException {
    try (Podman podman = new Podman(SharedPodman.socket())) {
      return podman.pods(Labels.INSTANCE, instance).stream().map(PodView::name).toList();
    }
  }

  public static void removeAll(String instance) throws InterruptedException {
    try (Podman podman = new Podman(SharedPodman.socket())) {
      for (PodView pod : podman.pods(Labels.INSTANCE, instance)) {
        Teardown.remove(podman, pod.name(), Duration.ZERO);
      }
    }
  }
}
