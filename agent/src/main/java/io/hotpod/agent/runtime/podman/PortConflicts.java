package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.hotpod.pod.DesiredPod;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names the port of the machine that was taken. */
final class PortConflicts {
  private static final Pattern LISTEN =
      Pattern.compile("listen (?:tcp|udp|sctp)[46]? (\\S*):(\\d+)");

  private PortConflicts() {}

  static String describe(String answer, DesiredPod desired) {
    Matcher matcher = LISTEN.matcher(answer);
    if (!matcher.find()) {
      return "a port of the machine is in use already: " + answer;
    }
    int port = Integer.parseInt(matcher.group(2));
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
