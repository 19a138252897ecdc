package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.pod.PodJson;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What a container has to be told at its end, kept on the container itself: the pod may outlive
 * every copy of its manifest, and has to be stopped as that said all the same. Pure.
 */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private Farewell() {}

  /** The value of the label; empty for a container without a preStop hook. */
  static Optional<String> label(Container container) {
    if (container.getLifecycle() == null || container.getLifecycle().getPreStop() == null) {
      return Optional.empty();
    }
    Container part =
        new ContainerBuilder()
            .withName(container.getName())
            .withPorts(container.getPorts())
            .withNewLifecycle()
            .withPreStop(container.getLifecycle().getPreStop())
            .endLifecycle()
            .build();
    return Optional.of(
        PodJson.write(
            new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withContainers(part)
                .endSpec()
                .build()));
  }

  /** As much of a container as its labels tell. */
  static Container read(Map<String, String> labels) {
    Container known =
        new ContainerBuilder().withName(labels.getOrDefault(Labels.CONTAINER, "")).build();
    String label = labels.getOrDefault(Labels.FAREWELL, "");
    if (label.isEmpty()) {
      return known;
    }
    try {
      Container part = PodJson.read(label, Pod.class).getSpec().getContainers().getFirst();
      return new ContainerBuilder(part).withName(known.getName()).build();
    } catch (JacksonException | NullPointerException | java.util.NoSuchElementException e) {
      LOG.warn("the preStop hook of container {} cannot be understood", known.getName());
      return known;
    }
  }
}
