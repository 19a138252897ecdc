package io.hotpod.agent.runtime.podman.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestProbes {
  /** As a probe finds it that comes due while the agent ends. */
  @Test
  void whoIsAskedNoMoreCannotSayThatAContainerIsUnwell() {
    Podman podman = new Podman(Path.of("/nowhere/podman.sock"));
    Container container =
        new ContainerBuilder()
            .withName("main")
            .withLivenessProbe(
                new ProbeBuilder().withNewExec().withCommand("true").endExec().build())
            .build();
    Prober prober = new Prober(podman, container, "id", 0, PodReach.MACHINE);

    podman.close();

    assertThatThrownBy(() -> prober.failure(container.getLivenessProbe()))
        .isInstanceOf(PodmanUnavailableException.class)
        .hasMessageContaining("Podman is asked no more");
    assertThatThrownBy(prober::alive).isInstanceOf(PodmanUnavailableException.class);
    assertThatThrownBy(() -> ContainerStop.stop(podman, prober, container, "id", Duration.ZERO))
        .isInstanceOf(PodmanUnavailableException.class);
  }
}
