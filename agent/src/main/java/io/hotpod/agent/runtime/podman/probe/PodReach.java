package io.hotpod.agent.runtime.podman.probe;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the agent reaches the ports of one pod. Thread-safe. */
public sealed interface PodReach permits DirectReach, InnerReach {
  /** For a pod that has the machine's network, or of which nothing is known. */
  PodReach MACHINE = new DirectReach("127.0.0.1");

  /**
   * @param infra the pod's infra container, where it is known
   */
  static PodReach of(Optional<ContainerView> infra) {
    long process = infra.map(ContainerView::process).orElse(0L);
    if (isElsewhere(process, "net") && isElsewhere(process, "user")) {
      return new InnerReach(process);
    }
    return infra.flatMap(ContainerView::ip).<PodReach>map(DirectReach::new).orElse(MACHINE);
  }

  /** Whether a process has a namespace of its own; false where that cannot be seen. */
  private static boolean isElsewhere(long process, String namespace) {
    if (process <= 0) {
      return false;
    }
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns", namespace));
      Path its = Files.readSymbolicLink(Path.of("/proc/" + process + "/ns", namespace));
      return !own.equals(its);
    } catch (IOException e) {
      return false;
    }
  }

  /** What the pod is called in addresses and messages. */
  String host();

  /**
   * @return connected; to be closed by the caller
   * @throws IOException when nobody listens there
   */
  Socket connect(int port, Duration longest) throws IOException, InterruptedException;
}
