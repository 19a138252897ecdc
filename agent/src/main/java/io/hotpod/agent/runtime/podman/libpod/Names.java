package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.agent.runtime.ReadableName;
import io.hotpod.pod.DesiredPod;
import java.util.regex.Pattern;

/**
 * What things are called in Podman. The names follow from the content alone, so a creation that was
 * interrupted is found again instead of being done twice.
 */
public final class Names {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private Names() {}

  /** Such as {@code web-1f00ba9c2d}: the manifest's name, and what sets it apart. */
  public static String pod(String instanceId, DesiredPod desired) {
    return ReadableName.of(
        desired.pod().getMetadata().getName(), instanceId, desired.id(), desired.token().value());
  }

  /** The name of a container of a pod. */
  public static String container(String podName, String container, int attempt) {
    return podName + "-" + container + "-" + attempt;
  }

  /** The number in a name that {@link #container} made of these; -1 for any other name. */
  static int attempt(String podName, String container, String name) {
    String beginning = podName + "-" + container + "-";
    return name.startsWith(beginning)
            && NUMBER.matcher(name.substring(beginning.length())).matches()
        ? Integer.parseInt(name.substring(beginning.length()))
        : -1;
  }
}
