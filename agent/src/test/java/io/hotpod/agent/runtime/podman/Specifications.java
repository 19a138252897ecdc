package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.VolumeFiles;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.pod.DesiredPod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is made of a desired pod before Podman is asked for anything. */
public final class Specifications {
  private static final VolumeStore NOWHERE =
      new VolumeStore(Path.of("/nonexistent/disk"), Path.of("/nonexistent/memory"));

  private Specifications() {}

  /**
   * Makes the bodies of the requests for a pod and its containers; touches no file.
   *
   * @throws io.hotpod.agent.runtime.ConfigurationException when the manifest cannot be followed
   */
  public static void of(DesiredPod pod) {
    PodSpec spec = pod.pod().getSpec();
    new Volumes(NOWHERE, "web-1", pod).limited();
    PodSpecification.of("inst", "web-1", pod);
    RegistryCredentials.of(pod);
    ResolverFile.text(spec, "nameserver 192.0.2.1\n");
    HostsFile.text(spec, Hostnames.of(pod.pod()), "10.0.0.1");
    PodContext context =
        new PodContext(
            pod, "node", "uid", Optional.of("10.0.0.1"), "192.0.2.9", new Machine(4, 8L << 30));
    ContainerSpecification specification =
        new ContainerSpecification("inst", "web-1", context, Optional.empty());
    for (Container container :
        Stream.of(spec.getInitContainers(), spec.getContainers()).flatMap(List::stream).toList()) {
      specification.of(container, 0, List.of(), Duration.ofSeconds(1), "");
      container.getVolumeMounts().forEach(mount -> SubPaths.of(mount, Map.of("NODE", "x")));
    }
    for (Volume volume : spec.getVolumes()) {
      if (VolumeFiles.isRendered(volume)) {
        VolumeFiles.of(volume, new ConfigurationValues(pod), context);
      }
    }
  }
}
