package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What things are called in Podman. The names follow from the content alone, so a creation that was
 * interrupted is found again instead of being done twice.
 */
final class Names {
  private static final int LONGEST_READABLE = 40;
  private static final int SUFFIX_BYTES = 5;

  private Names() {}

  /** Such as {@code web-1f00ba9c2d}: the manifest's name, and what sets it apart. */
  static String pod(String instanceId, DesiredPod desired) {
    return pod(instanceId, desired.pod().getMetadata().getName(), desired.id(), desired.token());
  }

  private static String pod(String instanceId, String name, String podId, ModificationToken token) {
    String readable = name.substring(0, Math.min(name.length(), LONGEST_READABLE));
    String identity = instanceId + "\n" + podId + "\n" + token.value();
    byte[] digest = sha256().digest(identity.getBytes(UTF_8));
    return readable + "-" + HexFormat.of().formatHex(digest, 0, SUFFIX_BYTES);
  }

  static String container(String podName, String container, int attempt) {
    return podName + "-" + container + "-" + attempt;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
