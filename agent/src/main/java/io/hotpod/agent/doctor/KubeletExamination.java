package io.hotpod.agent.doctor;

import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the kubelet's directory can be written and something listens where it should answer. */
final class KubeletExamination {
  private static final int CONNECT_MILLIS = 5000;

  private final KubeletSettings settings;

  KubeletExamination(KubeletSettings settings) {
    this.settings = settings;
  }

  List<Finding> examine() {
    return List.of(manifests(settings.manifests()), answer(settings.url()));
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

  private static Finding answer(URI url) {
    int port = url.getPort() > 0 ? url.getPort() : 10250;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), CONNECT_MILLIS);
      return Finding.good("kubelet", "something listens at " + url);
    } catch (IOException e) {
      return Finding.bad(
          "kubelet",
          "nothing listens at " + url + ": " + e.getMessage(),
          "start the kubelet, or name where it answers with --kubelet-url");
    }
  }
}
