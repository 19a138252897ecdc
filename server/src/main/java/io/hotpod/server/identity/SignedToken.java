package io.hotpod.server.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a token says.
 *
 * @param id of this token, by which it is revoked
 * @param user whose it is
 * @param basis a digest of the password's hash or of the token that it was given for; the token
 *     ends with that
 * @param project that it is good for; without one it is good for listing projects only
 * @param methods how the user was known
 */
record SignedToken(
    String id,
    String user,
    String basis,
    Optional<String> project,
    List<String> methods,
    Instant issuedAt,
    Instant expiresAt) {
  SignedToken {
    requireNonNull(id, "id is null");
    requireNonNull(user, "user is null");
    requireNonNull(basis, "basis is null");
    requireNonNull(project, "project is null");
    methods = List.copyOf(methods);
    requireNonNull(issuedAt, "issuedAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }
}
