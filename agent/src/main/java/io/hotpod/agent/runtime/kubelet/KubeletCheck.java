package io.hotpod.agent.runtime.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One look at a kubelet, as an agent with the same settings would have it. */
public final class KubeletCheck {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private KubeletCheck() {}

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * It tells the agent what it has to know.
   *
   * @param version its release, such as {@code 1.31.13}; empty where this port does not tell
   * @param pods how many it shows
   * @param manifests the directory that it says it reads static pods from; empty where it does not
   *     tell
   */
  public record Works(Optional<String> version, int pods, Optional<Path> manifests)
      implements Outcome {}

  /**
   * It does not.
   *
   * @param words what is so
   * @param advice what to do
   */
  public record Fails(String words, String advice) implements Outcome {}

  /** Asks for the pods with the settings' credentials, and where they are read from. */
  public static Outcome of(KubeletSettings settings) throws InterruptedException {
    try (KubeletApi api = new KubeletApi(settings, LONGEST)) {
      int pods = api.pods().size();
      return new Works(api.version(), pods, api.staticPodPath().map(Path::of));
    } catch (KubeletUnavailableException e) {
      return new Fails(e.getMessage(), advice(e.kind()));
    }
  }

  private static String advice(KubeletUnavailableException.Kind kind) {
    return switch (kind) {
      case SILENT -> "start the kubelet, or name where it answers with --kubelet-url";
      case STRANGER ->
          "name what signed its certificate with --kubelet-ca, or its fingerprint with"
              + " --kubelet-fingerprint";
      case REFUSED ->
          "give a client certificate that its clientCAFile signed with --kubelet-cert and"
              + " --kubelet-key, or a token that it takes with --kubelet-token-file";
      case FORBIDDEN ->
          "allow this agent nodes/proxy, or set the kubelet's authorization mode to AlwaysAllow";
      case OTHER -> "see the kubelet's log";
    };
  }
}
