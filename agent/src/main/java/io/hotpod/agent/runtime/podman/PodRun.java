package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.hotpod.agent.runtime.Wakeup;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the containers of a pod that stands: init containers one after the other, sidecars among
 * them until they started, then the containers side by side; when all of these are over for good,
 * the sidecars are ended, the last one first.
 */
final class PodRun {
  private final PodSite site;
  private final PodSandbox sandbox;
  private final List<ContainerReport> init;
  private final List<ContainerReport> containers;
  private final Wakeup reported;
  private final ContainerCrew crew;
  private final List<Staying> sidecars = new ArrayList<>();
  private final Wakeup wakeup;
  private volatile boolean over;

  /** A sidecar and the thread that keeps it. */
  private record Staying(ContainerKeeper keeper, Thread thread) {}

  /**
   * @param reported signalled when a report changed
   * @param wakeup is signalled when this cannot go on, and when it is over
   */
  PodRun(
      PodSite site,
      PodSandbox sandbox,
      List<ContainerReport> init,
      List<ContainerReport> containers,
      Wakeup reported,
      Wakeup wakeup) {
    this.site = site;
    this.sandbox = sandbox;
    this.init = init;
    this.containers = containers;
    this.reported = reported;
    this.wakeup = wakeup;
    this.crew = new ContainerCrew(sandbox.name(), wakeup);
  }

  void begin() {
    crew.start("order", this::inOrder);
  }

  /**
   * Says what it could not go on from.
   *
   * @throws RuntimeException that ended it
   */
  void check() {
    crew.check();
  }

  /** Whether nothing is left to be done: every container came to its end for good. */
  boolean over() {
    return over;
  }

  /** Ends the keeping; the containers go on. */
  void end() throws InterruptedException {
    crew.end();
  }

  private void inOrder() throws InterruptedException {
    PodSpec spec = sandbox.desired().pod().getSpec();
    boolean over = !Sidecars.names(spec).isEmpty() && wasOver(spec);
    List<Container> inits = spec.getInitContainers();
    for (int i = 0; i < inits.size(); i++) {
      ContainerKeeper keeper = keeper(inits.get(i), true, init.get(i));
      if (Sidecars.is(inits.get(i))) {
        stay(inits.get(i), keeper, over, init.get(i));
      } else if (keeper.keep() != 0) {
        finish();
        return;
      }
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < spec.getContainers().size(); i++) {
      Container container = spec.getContainers().get(i);
      ContainerKeeper keeper = keeper(container, false, containers.get(i));
      threads.add(crew.start(container.getName(), keeper::keep));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!crew.failed()) {
      finish();
    }
  }

  private void stay(
      Container container, ContainerKeeper keeper, boolean over, ContainerReport report)
      throws InterruptedException {
    if (over) {
      keeper.finishAtOnce();
    }
    sidecars.add(new Staying(keeper, crew.start(container.getName(), keeper::keep)));
    while (!over && !report.status().started()) {
      reported.await(PodSite.LOOK_AGAIN);
    }
  }

  private void finish() throws InterruptedException {
    endSidecars();
    over = true;
    wakeup.signal();
  }

  private void endSidecars() throws InterruptedException {
    for (Staying sidecar : sidecars.reversed()) {
      sidecar.keeper().finish(sidecar.thread());
    }
  }

  /** Whether all containers came to their end before, as after a restart of the agent. */
  private boolean wasOver(PodSpec spec) throws InterruptedException {
    for (int i = 0; i < spec.getContainers().size(); i++) {
      if (!keeper(spec.getContainers().get(i), false, containers.get(i)).wasOver()) {
        return false;
      }
    }
    return true;
  }

  private ContainerKeeper keeper(Container container, boolean asInit, ContainerReport report) {
    return new ContainerKeeper(site, sandbox, container, asInit, report);
  }
}
