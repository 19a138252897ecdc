package io.hotpod.engine.servers;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the other servers on a database reach one.
 *
 * @param uri such as {@code https://10.0.0.11:8004}, without a slash at its end
 * @param certificate the SHA-256 of the certificate that it shows there, in hexadecimal; empty
 *     where it shows none, or where what stands before it shows one that leads to a known authority
 */
public record PeerAddress(URI uri, Optional<String> certificate) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public PeerAddress {
    requireNonNull(uri, "uri is null");
    if (certificate.filter(text -> !SHA_256.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException("not a SHA-256: " + certificate.get());
    }
  }

  /** As one text. */
  String text() {
    return certificate.map(sha256 -> uri + " " + sha256).orElseGet(uri::toString);
  }

  /** What such a text says; empty for an empty one. */
  static Optional<PeerAddress> parse(String text) {
    int space = text.indexOf(' ');
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        space < 0
            ? new PeerAddress(URI.create(text), Optional.empty())
            : new PeerAddress(
                URI.create(text.substring(0, space)), Optional.of(text.substring(space + 1))));
  }
}
