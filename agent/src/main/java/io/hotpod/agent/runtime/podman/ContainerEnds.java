package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.ContainerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the runs of one container ended, with what can be learned of the reason. */
final class ContainerEnds {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerEnds.class);
  private static final int LINES_TOLD = 80;
  private static final int BYTES_TOLD = 2048;

  private final Podman podman;
  private final PodSandbox sandbox;
  private final Container container;

  ContainerEnds(Podman podman, PodSandbox sandbox, Container container) {
    this.podman = podman;
    this.sandbox = sandbox;
    this.container = container;
  }

  /**
   * With the reason that the agent had, or else with the container's own last words.
   *
   * @param why the agent ended it; empty when it did not
   */
  ContainerState.Terminated told(ContainerView ended, String why, int attempt)
      throws InterruptedException {
    String words = why.isEmpty() ? sandbox.lastWords(container, attempt) : why;
    boolean fallback =
        "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())
            && words.isEmpty()
            && ended.exitCode() != 0;
    boolean outOfMemory =
        ended.outOfMemory()
            || (why.isEmpty() && OutOfMemory.isPossible(ended) && OutOfMemory.wasSaid(ended.id()));
    return Termination.of(ended, fallback ? lastLines(ended) : words, outOfMemory);
  }

  /** The end of what it wrote: at most 80 lines and 2048 bytes, as from a kubelet. */
  private String lastLines(ContainerView ended) throws InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      podman.logs(ended.id(), Optional.of(LINES_TOLD), false, output);
    } catch (IOException | PodmanException | PodmanUnavailableException e) {
      LOG.debug("{}: its last lines cannot be read: {}", ended.name(), e.getMessage());
    }
    byte[] bytes = output.toByteArray();
    int from = Math.max(0, bytes.length - BYTES_TOLD);
    return new String(bytes, from, bytes.length - from, UTF_8).strip();
  }

  /** How the run before that one ended, as far as Podman still knows. */
  Optional<ContainerState.Terminated> before(int attempt) throws InterruptedException {
    if (attempt <= 0) {
      return Optional.empty();
    }
    String name = Names.container(sandbox.name(), container.getName(), attempt - 1);
    Optional<ContainerView> ended = podman.container(name).filter(ContainerView::ended);
    return ended.isEmpty() ? Optional.empty() : Optional.of(told(ended.get(), "", attempt - 1));
  }
}
