package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a pod, by itself or by the agent, as its memory keeps it: such a pod is told as it was
 * and not run again. For the thread that keeps the pod, but for {@link #stopContainers}.
 */
final class PodEnding {
  private static final Logger LOG = LoggerFactory.getLogger(PodEnding.class);

  private static final PodEnd CUT_OFF =
      new PodEnd(
          "SandboxChanged",
          "the pod ended while its containers ran, as when the machine boots, and restartPolicy"
              + " Never lets it run only once");

  private final PodSite site;
  private final PodSandbox sandbox;
  private final List<ContainerReport> init;
  private final List<ContainerReport> containers;

  PodEnding(
      PodSite site,
      PodSandbox sandbox,
      List<ContainerReport> init,
      List<ContainerReport> containers) {
    this.site = site;
    this.sandbox = sandbox;
    this.init = init;
    this.containers = containers;
  }

  /** Whether it came to its end, also while nobody looked. */
  boolean isThere() throws InterruptedException {
    if (isByAgent() || sandbox.memory().result().isPresent()) {
      return true;
    }
    if (hadItsRun() && !sandbox.stands()) {
      byAgent(CUT_OFF);
      return true;
    }
    return false;
  }

  /** Under {@code Never} a pod runs once, however that ends. */
  private boolean hadItsRun() {
    return RestartPolicy.of(sandbox.desired().pod().getSpec().getRestartPolicy())
            == RestartPolicy.NEVER
        && reports().anyMatch(this::hasRun);
  }

  private boolean hasRun(ContainerReport report) {
    return sandbox.memory().of(report.status().name()).attempt() >= 0;
  }

  private Stream<ContainerReport> reports() {
    return Stream.concat(init.stream(), containers.stream());
  }

  /** Whether the agent ended it. */
  boolean isByAgent() {
    return sandbox.memory().end().isPresent();
  }

  /** It is to end for good, whatever runs of it. */
  void byAgent(PodEnd end) {
    LOG.info("pod {}: {}; ending it", sandbox.name(), end.message());
    sandbox.memory().end(end);
  }

  /** All its containers came to their end for good. */
  void byItself() {
    sandbox
        .memory()
        .result(
            new PodResult(
                sandbox.uid(),
                sandbox.ip(),
                sandbox.startedAt(),
                init.stream().map(ContainerReport::status).toList(),
                containers.stream().map(ContainerReport::status).toList()));
  }

  /**
   * Has the reports say how it ended, whatever Podman still has of it; what runs of a pod that the
   * agent ended is stopped first.
   *
   * @throws PodmanUnavailableException when Podman does not answer
   */
  void tell() throws InterruptedException {
    if (isByAgent()) {
      sandbox.settled();
      stopContainers();
      for (ContainerReport report : reports().toList()) {
        tellEnd(report);
      }
    } else if (sandbox.memory().result().isPresent()) {
      PodResult result = sandbox.memory().result().get();
      remembered(init, result.init());
      remembered(containers, result.containers());
    }
  }

  private void tellEnd(ContainerReport report) throws InterruptedException {
    Optional<ContainerView> last = sandbox.newest(report.status().name(), id -> {});
    // Of what ran when the machine went down, Podman says that it exited with 0, and never when.
    Optional<ContainerView> ended =
        last.filter(view -> view.ended() && view.finishedAt().isPresent());
    if (ended.isPresent() || hasRun(report)) {
      report.terminated(
          ended
              .map(view -> Termination.of(view, "", view.outOfMemory()))
              .orElseGet(() -> Termination.unknown(last)),
          false,
          report.status().restarts(),
          last);
    }
  }

  private static void remembered(List<ContainerReport> reports, List<ContainerStatus> then) {
    for (int i = 0; i < reports.size() && i < then.size(); i++) {
      reports.get(i).remembered(then.get(i));
    }
  }

  /**
   * Stops the containers in their order, with their hooks. Not while the pod is kept.
   *
   * @throws PodmanUnavailableException when Podman does not answer
   */
  void stopContainers() throws InterruptedException {
    PodStop.stop(site, sandbox, sandbox.grace());
  }
}
