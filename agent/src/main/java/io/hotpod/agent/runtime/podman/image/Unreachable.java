package io.hotpod.agent.runtime.podman.image;

import java.util.List;
import java.util.Locale;

/**
 * Tells a registry that could not be reached from one that was and refused, by what Podman says:
 * those are the words of Go's network library. Pure.
 */
public final class Unreachable {
  private static final List<String> WORDS =
      List.of(
          "connection refused",
          "connection reset",
          "no such host",
          "network is unreachable",
          "no route to host",
          "server misbehaving",
          "temporary failure in name resolution",
          "i/o timeout",
          "tls handshake timeout",
          "context deadline exceeded",
          "timeout exceeded while awaiting headers",
          "bad gateway",
          "service unavailable",
          "gateway timeout");

  private Unreachable() {}

  /**
   * Whether Podman's answer to a pull says that the registry cannot be reached, rather than that it
   * refuses.
   */
  public static boolean isMeant(String answer) {
    String text = answer.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(text::contains) || text.endsWith(": eof");
  }
}
