package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.hotpod.agent.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The seccomp and AppArmor profiles of containers, in Podman's words. */
final class SecurityProfiles {
  /** Where a kubelet has them, and where Podman itself looks for those of Kubernetes. */
  private static final Path SECCOMP = Path.of("/var/lib/kubelet/seccomp");

  private static final Path APP_ARMOR = Path.of("/sys/module/apparmor/parameters/enabled");
  private static final String UNCONFINED = "unconfined";

  private SecurityProfiles() {}

  /**
   * Empty for Podman's own, which is what RuntimeDefault means.
   *
   * @throws ConfigurationException when the machine does not have the profile
   */
  static Optional<String> seccomp(SeccompProfile profile) {
    return switch (profile.getType()) {
      case "Unconfined" -> Optional.of(UNCONFINED);
      case "Localhost" -> {
        Path file = SECCOMP.resolve(profile.getLocalhostProfile());
        if (!Files.isRegularFile(file)) {
          throw new ConfigurationException(
              "seccomp profile " + file + " is not on the instance; put it there");
        }
        yield Optional.of(file.toString());
      }
      default -> Optional.empty();
    };
  }

  /**
   * Empty for Podman's own, which is what RuntimeDefault means.
   *
   * @throws ConfigurationException when the machine has no AppArmor
   */
  static Optional<String> appArmor(AppArmorProfile profile) {
    if (profile.getType().equals("Unconfined")) {
      return isEnabled() ? Optional.of(UNCONFINED) : Optional.empty();
    }
    if (!isEnabled()) {
      throw new ConfigurationException(
          "Cannot enforce AppArmor: AppArmor is not enabled on the host");
    }
    return Optional.ofNullable(profile.getLocalhostProfile());
  }

  private static boolean isEnabled() {
    try {
      return Files.readString(APP_ARMOR).startsWith("Y");
    } catch (IOException e) {
      return false;
    }
  }
}
