package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.hotpod.agent.runtime.ConfigurationException;
import java.util.Optional;

/** What {@code runAsNonRoot} forbids, in the kubelet's words. Pure. */
final class RootUsers {
  private RootUsers() {}

  /** Whether the image's user has to be known before the container can be made. */
  static boolean areForbidden(Container container) {
    return Optional.ofNullable(container.getSecurityContext())
        .map(SecurityContext::getRunAsNonRoot)
        .orElse(false);
  }

  /**
   * @param imageUser as the image says it: name or number, perhaps with a group; empty for none
   * @throws ConfigurationException when the container would run as root, or might
   */
  static void check(Container container, String imageUser) {
    Long given = container.getSecurityContext().getRunAsUser();
    if (given != null) {
      if (given == 0) {
        throw new ConfigurationException("container's runAsUser breaks non-root policy");
      }
      return;
    }
    String user = imageUser.split(":", 2)[0];
    if (user.isEmpty() || user.matches("0+")) {
      throw new ConfigurationException(
          "container has runAsNonRoot and image will run as root; give runAsUser");
    }
    if (!user.matches("\\d+")) {
      throw new ConfigurationException(
          "container has runAsNonRoot and image has non-numeric user ("
              + user
              + "), cannot verify user is non-root; give runAsUser");
    }
  }
}
