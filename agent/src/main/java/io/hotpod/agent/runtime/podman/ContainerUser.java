package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Optional;

/**
 * As whom a container runs, by the Kubernetes API reference (SecurityContext): each of user and
 * group is the container's own, or the pod's, or the image's. Podman takes both in one text, so a
 * manifest that gives the group alone needs the image's user in it. Pure.
 *
 * @param user empty where the manifest leaves it to the image
 * @param group empty where the manifest leaves it to the image
 */
record ContainerUser(Optional<Long> user, Optional<Long> group) {
  static ContainerUser of(Container container, PodSpec spec) {
    Optional<SecurityContext> own = Optional.ofNullable(container.getSecurityContext());
    Optional<PodSecurityContext> pod = Optional.ofNullable(spec.getSecurityContext());
    return new ContainerUser(
        own.map(SecurityContext::getRunAsUser).or(() -> pod.map(PodSecurityContext::getRunAsUser)),
        own.map(SecurityContext::getRunAsGroup)
            .or(() -> pod.map(PodSecurityContext::getRunAsGroup)));
  }

  /** Whether the image's user has to be known to say as whom it runs. */
  boolean needsImage() {
    return user.isEmpty() && group.isPresent();
  }

  /**
   * As Podman wants it; empty where the image alone decides.
   *
   * @param imageUser as the image says it: name or number, perhaps with a group; empty for none
   */
  Optional<String> text(String imageUser) {
    if (user.isEmpty() && group.isEmpty()) {
      return Optional.empty();
    }
    String ofImage = imageUser.split(":", 2)[0];
    String who = user.map(id -> Long.toString(id)).orElse(ofImage.isEmpty() ? "0" : ofImage);
    return Optional.of(who + group.map(id -> ":" + id).orElse(""));
  }
}
