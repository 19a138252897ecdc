package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;

/** How the server finds out who asks. */
public sealed interface AuthenticationKind {
  /** Not at all; only where nobody but this machine can reach it. */
  record None() implements AuthenticationKind {}

  /**
   * By a file of users.
   *
   * @param users the file, readable by its owner only
   * @param directory of this server alone: the key that signs tokens, and those that were revoked
   */
  record Tokens(Path users, Path directory) implements AuthenticationKind {
    public Tokens {
      requireNonNull(users, "users is null");
      requireNonNull(directory, "directory is null");
    }
  }

  /**
   * By tokens of an OpenStack Keystone.
   *
   * @param url of its Identity API, with or without {@code /v3}
   * @param serviceUser a file that says as whom to ask it, readable by its owner only
   */
  record Keystone(URI url, Path serviceUser) implements AuthenticationKind {
    public Keystone {
      requireNonNull(url, "url is null");
      requireNonNull(serviceUser, "serviceUser is null");
    }
  }
}
