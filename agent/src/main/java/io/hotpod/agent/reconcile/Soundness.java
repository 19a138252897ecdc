package io.hotpod.agent.reconcile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.hotpod.pod.DesiredPod;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a desired pod is one at all. The server has checked every manifest; this is for a server
 * that is broken, or another one than was thought: names become paths on this machine, and one pod
 * that cannot be understood must not stop the others. Pure.
 */
final class Soundness {
  private static final int LONGEST_NAME = 253;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private Soundness() {}

  /** Why the pod cannot be kept; empty when it can. */
  static Optional<String> problem(DesiredPod desired) {
    if (desired.defect().isPresent()) {
      return desired.defect();
    }
    if (desired.pod().getMetadata() == null || desired.pod().getSpec() == null) {
      return Optional.of("its manifest has no metadata or no spec");
    }
    if (!isName(desired.pod().getMetadata().getName(), NAME)) {
      return Optional.of("its manifest has no name that a pod can have");
    }
    PodSpec spec = desired.pod().getSpec();
    List<Container> containers =
        Stream.of(spec.getInitContainers(), spec.getContainers()).flatMap(List::stream).toList();
    Set<String> names = new HashSet<>();
    for (Container container : containers) {
      if (!isName(container.getName(), LABEL)
          || container.getImage() == null
          || !names.add(container.getName())) {
        return Optional.of("a container of its manifest has no name of its own, or no image");
      }
    }
    if (spec.getContainers().isEmpty()) {
      return Optional.of("its manifest has no containers");
    }
    for (Volume volume : spec.getVolumes()) {
      if (!isName(volume.getName(), LABEL)) {
        return Optional.of("a volume of its manifest has no name that a volume can have");
      }
    }
    return Optional.empty();
  }

  private static boolean isName(@Nullable String name, Pattern syntax) {
    return name != null
        && name.length() <= LONGEST_NAME
        && !name.contains("..")
        && syntax.matcher(name).matches();
  }
}
