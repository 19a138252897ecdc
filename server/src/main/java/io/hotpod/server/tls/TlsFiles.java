package io.hotpod.server.tls;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a server's certificate is.
 *
 * @param certificate PEM: the server's, then those that lead to an authority
 * @param key PEM, PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
  public TlsFiles {
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }
}
