package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.DesiredPod;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names the port of the machine that was taken. */
final class PortConflicts {
  private static final Pattern LISTEN =
      Pattern.compile("listen (?:tcp|udp|sctp)[46]? (\\S*):(\\d+)");

  private PortConflicts() {}

  /**
   * What is wrong, in whose way, and by whom.
   *
   * @param answer Podman's own words
   * @param instanceId of this agent
   */
  static String describe(Podman podman, String instanceId, String answer, DesiredPod desired)
      throws InterruptedException {
    String what = describe(answer, desired);
    OptionalInt port = port(answer);
    if (port.isEmpty()) {
      return what;
    }
    return what + holder(podman, port.getAsInt()).map(pod -> by(pod, instanceId)).orElse("");
  }

  private static String by(PodView pod, String instanceId) {
    String owner = pod.labels().getOrDefault(Labels.INSTANCE, "");
    return owner.equals(instanceId)
        ? " by Hotpod's pod " + pod.name()
        : " by the pod "
            + pod.name()
            + " of another Hotpod instance, "
            + owner
            + " (if that one is gone for good, 'podman pod rm --force "
            + pod.name()
            + "' removes it)";
  }

  /** The pod with Hotpod's label that publishes the port; who else has it is not looked for. */
  private static Optional<PodView> holder(Podman podman, int port) throws InterruptedException {
    try {
      Optional<String> name = podman.podPublishing(port);
      return name.isEmpty()
          ? Optional.empty()
          : podman.pod(name.get()).filter(pod -> pod.labels().containsKey(Labels.INSTANCE));
    } catch (PodmanException | PodmanUnavailableException e) {
      // The conflict is told all the same, only without its cause.
      return Optional.empty();
    }
  }

  private static OptionalInt port(String answer) {
    Matcher matcher = LISTEN.matcher(answer);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
        : OptionalInt.empty();
  }

  static String describe(String answer, DesiredPod desired) {
    OptionalInt found = port(answer);
    if (found.isEmpty()) {
      return "a port of the machine is in use already: " + answer;
    }
    int port = found.getAsInt();
    for (Container container : desired.pod().getSpec().getContainers()) {
      for (ContainerPort declared : container.getPorts()) {
        if (Integer.valueOf(port).equals(declared.getHostPort())) {
          return "port "
              + port
              + " of the machine, asked for by container "
              + container.getName()
              + ", is in use already";
        }
      }
    }
    return "port " + port + " of the machine is in use already";
  }
}
