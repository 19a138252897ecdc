package io.hotpod.agent.runtime.podman.probe;

import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;

/** What can be asked about one running container. Thread-safe. */
interface Health {
  /**
   * @return why it is not well; empty when it is
   * @throws io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException when nobody can say
   */
  Optional<String> failure(Probe probe) throws InterruptedException;

  /** Whether the container runs. */
  boolean alive() throws InterruptedException;

  /** As the container itself answers. */
  static Health of(Prober prober) {
    return new Health() {
      @Override
      public Optional<String> failure(Probe probe) throws InterruptedException {
        return prober.failure(probe);
      }

      @Override
      public boolean alive() throws InterruptedException {
        return prober.alive();
      }
    };
  }
}
