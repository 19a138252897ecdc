package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The infra container of one pod, which holds its network and ports: found running, or started
 * beside the making of the first containers. One thread says which of the two, by {@link #found} or
 * {@link #begin}; the rest is for any.
 */
final class InfraContainer {
  private static final Logger LOG = LoggerFactory.getLogger(InfraContainer.class);

  /** How long its start waits for containers that are not made yet. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final PodSite site;
  private final String pod;
  private final CompletableFuture<Boolean> up = new CompletableFuture<>();
  private final CompletableFuture<ContainerView> seen = new CompletableFuture<>();
  private volatile String id = "";
  private volatile FirstContainers first = new FirstContainers(0);
  private volatile Optional<String> startedAlready = Optional.empty();
  private volatile Thread starter = Thread.ofVirtual().unstarted(() -> {});

  /**
   * @param pod its name
   */
  InfraContainer(PodSite site, String pod) {
    this.site = site;
    this.pod = pod;
  }

  /** It runs already. */
  void found(ContainerView running, Wakeup wakeup) {
    id = running.id();
    site.exits().watch(id, wakeup);
    up.complete(true);
    seen.complete(running);
  }

  /**
   * Has it started. The start waits a moment for the first containers: Podman makes none in a pod
   * while its infra container starts.
   *
   * @param containers how many are made first
   * @param wakeup signalled when something happens to it
   */
  void begin(int containers, Wakeup wakeup) {
    FirstContainers awaited = new FirstContainers(containers);
    first = awaited;
    starter = Thread.ofVirtual().name("infra-" + pod).start(() -> startAfter(awaited, wakeup));
  }

  private void startAfter(FirstContainers awaited, Wakeup wakeup) {
    try {
      id =
          site.podman()
              .pod(pod)
              .map(PodView::infraId)
              .orElseThrow(() -> new SandboxLostException("pod " + pod + " vanished"));
      site.exits().watch(id, wakeup);
      if (!awaited.await(PATIENCE)) {
        LOG.debug("pod {} starts before its first containers are made", pod);
      }
      Optional<String> only = awaited.only();
      if (only.isEmpty() || !startedWith(only.get())) {
        site.podman().start(id);
      }
      up.complete(true);
      seen.complete(
          site.podman()
              .container(id)
              .orElseThrow(
                  () -> new SandboxLostException("the infra container of " + pod + " is gone")));
    } catch (RuntimeException | InterruptedException e) {
      up.completeExceptionally(e);
      seen.completeExceptionally(e);
    }
  }

  /**
   * Has Podman start it as what a container needs.
   *
   * @return false when that failed; which of the two it was is seen when they are started by
   *     themselves
   */
  private boolean startedWith(String container) throws InterruptedException {
    try {
      site.podman().start(container);
      startedAlready = Optional.of(container);
      return true;
    } catch (PodmanException e) {
      LOG.debug("pod {} is started before its container: {}", pod, e.getMessage());
      return false;
    }
  }

  /** A container was made; perhaps one of those that are made first. */
  void made(String container) {
    first.made(container);
  }

  /**
   * Starts a container once this one runs.
   *
   * @throws SandboxLostException when this one could not be started; {@link #refusal} says more
   * @throws PodmanException when Podman refuses the container
   */
  void start(String container) throws InterruptedException {
    await(up);
    if (!startedAlready.filter(container::equals).isPresent()) {
      site.podman().start(container);
    }
  }

  /** As {@link #await}, for a container that cannot be made before. */
  void awaitFirst() throws InterruptedException {
    first.waitForNoMore();
    await();
  }

  /**
   * Returns once it runs and was looked at.
   *
   * @throws SandboxLostException when it could not be started; {@link #refusal} says more
   */
  void await() throws InterruptedException {
    await(seen);
  }

  private void await(CompletableFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new SandboxLostException("pod " + pod + " could not be started");
    }
  }

  /** How it looked once it ran; empty before. */
  Optional<ContainerView> view() {
    return seen.state() == CompletableFuture.State.SUCCESS
        ? Optional.of(seen.resultNow())
        : Optional.empty();
  }

  /** Why Podman refused to start it. */
  Optional<PodmanException> refusal() {
    return seen.isCompletedExceptionally() && seen.exceptionNow() instanceof PodmanException refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /**
   * Whether it still stands.
   *
   * @throws SandboxLostException when it does not
   */
  void check() throws InterruptedException {
    ContainerView now =
        site.podman()
            .container(id)
            .orElseThrow(() -> new SandboxLostException("pod " + pod + " was removed"));
    if (!now.running()) {
      throw new SandboxLostException("the infra container of pod " + pod + " ended");
    }
  }

  /** It is neither started nor watched any more once this returns. */
  void leave() throws InterruptedException {
    starter.interrupt();
    try {
      starter.join();
    } finally {
      site.exits().forget(id);
    }
  }
}
