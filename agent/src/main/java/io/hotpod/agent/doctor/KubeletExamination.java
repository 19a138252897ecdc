package io.hotpod.agent.doctor;

import io.hotpod.agent.runtime.kubelet.KubeletCheck;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the kubelet's directory can be written, and it tells the agent of its pods. */
final class KubeletExamination {
  private final KubeletSettings settings;

  KubeletExamination(KubeletSettings settings) {
    this.settings = settings;
  }

  List<Finding> examine() throws InterruptedException {
    return List.of(manifests(settings.manifests()), kubelet());
  }

  private static Finding manifests(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Finding.bad(
          "kubelet manifests",
          directory + " is not a directory",
          "make it, or name the kubelet's staticPodPath with --kubelet-manifests");
    }
    return Files.isWritable(directory)
        ? Finding.good("kubelet manifests", directory + " can be written")
        : Finding.bad(
            "kubelet manifests",
            directory + " cannot be written by this user",
            "run the agent as the owner of the directory, which usually is root");
  }

  private Finding kubelet() throws InterruptedException {
    return switch (KubeletCheck.of(settings)) {
      case KubeletCheck.Fails fails -> Finding.bad("kubelet", fails.words(), fails.advice());
      case KubeletCheck.Works works -> read(works);
    };
  }

  private Finding read(KubeletCheck.Works works) {
    if (works.manifests().isPresent() && !isSame(works.manifests().get(), settings.manifests())) {
      return Finding.bad(
          "kubelet",
          "it reads static pods from "
              + works.manifests().get()
              + ", and the agent writes them to "
              + settings.manifests(),
          "name the kubelet's staticPodPath with --kubelet-manifests");
    }
    return Finding.good(
        "kubelet",
        "release %s answers at %s and shows %d pods"
            .formatted(works.version().orElse("unknown"), settings.url(), works.pods()));
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      // Not there, or not for this user; the other finding speaks of that.
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }
}
