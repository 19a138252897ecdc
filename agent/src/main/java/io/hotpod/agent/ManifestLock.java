package io.hotpod.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.state.InstanceLock;
import io.hotpod.agent.state.SecretDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps a kubelet's manifest directory to one agent of this user, whatever state and name the other
 * one has: two would take each other's pods for those of strangers, and the kubelet has one node
 * for both. The file is not in the directory, of which the kubelet is told each change, but beside
 * what agents keep in memory.
 */
final class ManifestLock {
  private static final int NAME_BYTES = 8;

  private ManifestLock() {}

  /**
   * Empty where there is no memory to keep it in.
   *
   * @throws IllegalStateException when another agent has the directory
   */
  static Optional<InstanceLock> take(Path manifests, AgentSettings settings) throws IOException {
    Optional<Path> common =
        settings
            .secretDirectory()
            .map(own -> own.toAbsolutePath().resolve("..").normalize())
            .or(SecretDirectory::common);
    if (common.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        InstanceLock.take(
            common.get().resolve("kubelet-" + name(manifests) + ".lock"),
            "the manifest directory " + manifests,
            "give each agent, with --kubelet-manifests, that of a kubelet of its own"));
  }

  /** One for all ways that lead to the directory. */
  private static String name(Path manifests) throws IOException {
    Path path =
        Files.exists(manifests) ? manifests.toRealPath() : manifests.toAbsolutePath().normalize();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
