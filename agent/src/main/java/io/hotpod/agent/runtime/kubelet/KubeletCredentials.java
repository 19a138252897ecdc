package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Who an agent says it is to a kubelet. Files are read again when the kubelet refuses them. */
public sealed interface KubeletCredentials {
  /** Nobody: for the read-only port, and for kubelets that let anyone in. */
  record Anonymous() implements KubeletCredentials {}

  /**
   * A bearer token.
   *
   * @param file holds the token and nothing else; read for each request
   */
  record Token(Path file) implements KubeletCredentials {
    public Token {
      requireNonNull(file, "file is null");
    }
  }

  /**
   * A client certificate.
   *
   * @param certificate PEM, with the certificates between it and the authority after it
   * @param key PEM in PKCS #8, not encrypted; may be the same file
   */
  record ClientCertificate(Path certificate, Path key) implements KubeletCredentials {
    public ClientCertificate {
      requireNonNull(certificate, "certificate is null");
      requireNonNull(key, "key is null");
    }
  }
}
