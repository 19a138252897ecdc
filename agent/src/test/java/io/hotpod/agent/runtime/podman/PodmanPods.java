package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.pod.ContainerImage;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Podman has of one instance, seen past the agent. */
public final class PodmanPods {
  private PodmanPods() {}

  public static List<String> names(String instance) throws InterruptedException {
    try (Podman podman = new Podman(SharedPodman.socket())) {
      return podman.pods(Labels.INSTANCE, instance).stream().map(PodView::name).toList();
    }
  }

  /** Of those in which a container runs beside the infra container. */
  public static List<String> running(String instance) throws InterruptedException {
    try (Podman podman = new Podman(SharedPodman.socket())) {
      return podman.pods(Labels.INSTANCE, instance).stream()
          .filter(pod -> !pod.runningMembers().isEmpty())
          .map(PodView::name)
          .toList();
    }
  }

  /** Ready, and what its manifest's images name was looked up, which is done beside that. */
  public static boolean settled(ObservedPod pod) {
    return pod.ready()
        && pod.containers().stream()
            .allMatch(one -> one.madeFrom().flatMap(ContainerImage::wanted).isPresent());
  }

  /** Ends a container as if it had crashed. */
  public static void kill(String containerId) throws InterruptedException, IOException {
    Process process =
        new ProcessBuilder("podman", "kill", containerId).redirectErrorStream(true).start();
    if (process.waitFor() != 0) {
      throw new IOException("container " + containerId + " cannot be killed");
    }
  }

  /** Nothing of them runs any more and Podman lists them still, as after a boot of the machine. */
  public static void stopAll(String instance) throws InterruptedException, IOException {
    List<String> command = new ArrayList<>(List.of("podman", "pod", "stop", "-t", "0"));
    command.addAll(names(instance));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    if (process.waitFor() != 0) {
      throw new IOException("the pods of " + instance + " cannot be stopped");
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
