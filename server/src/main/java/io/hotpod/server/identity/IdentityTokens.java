package io.hotpod.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import io.hotpod.server.access.Role;
import io.hotpod.server.users.PasswordHash;
import io.hotpod.server.users.PrivateFile;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import io.hotpod.server.users.WatchedUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives out tokens, and says what they are good for: as long as they have not expired, were not
 * revoked, and the user's password, or the token that they were given for, is the same. Roles are
 * those that the user has now. Thread-safe.
 */
public final class IdentityTokens {
  /** What Keystone gives. */
  private static final Duration VALID = Duration.ofHours(1);

  private static final int KEY_BYTES = 32;

  private final WatchedUsers users;
  private final TokenText texts;
  private final RevokedTokens revoked;
  private final Clock clock;
  private final Supplier<String> ids;

  private IdentityTokens(
      WatchedUsers users,
      TokenText texts,
      RevokedTokens revoked,
      Clock clock,
      Supplier<String> ids) {
    this.users = users;
    this.texts = texts;
    this.revoked = revoked;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Opens what an earlier run left in a directory, or begins.
   *
   * @param directory of this server alone; holds the key
   * @throws IOException when the files cannot be used; the message says why
   */
  public static IdentityTokens open(
      Path directory, WatchedUsers users, Clock clock, Supplier<String> ids) throws IOException {
    requireNonNull(users, "users is null");
    Path file = directory.resolve("identity.key");
    if (!Files.exists(file)) {
      String text = Base64.getEncoder().encodeToString(Secrets.random(KEY_BYTES));
      PrivateFile.write(file, (text + "\n").getBytes(US_ASCII));
    }
    RevokedTokens revoked = new RevokedTokens(directory.resolve("revoked-tokens"), clock);
    return new IdentityTokens(users, new TokenText(key(file)), revoked, clock, ids);
  }

  private static byte[] key(Path file) throws IOException {
    try {
      byte[] key = Base64.getDecoder().decode(new String(PrivateFile.read(file), US_ASCII).strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      throw noKey(file, notBase64);
    }
    throw noKey(file, new IllegalArgumentException("wrong length"));
  }

  private static IOException noKey(Path file, Exception cause) {
    return new IOException(
        file + " holds no key; remove it to have one made, which ends all tokens given out", cause);
  }

  /** Whether a text may be one of these tokens at all. */
  public static boolean looksLike(String text) {
    return TokenText.looksLike(text);
  }

  /** Who shows a token; empty when it is not good, or not any more. */
  public Optional<Principal> principal(String text) {
    return read(text)
        .flatMap(
            token ->
                users
                    .now()
                    .named(token.user())
                    .map(user -> new Principal(user.name(), user.name(), grants(user, token))));
  }

  private static Grants grants(User user, SignedToken token) {
    return new Grants.Projects(
        token.project().map(project -> Map.of(project, roles(user, project))).orElse(Map.of()));
  }

  static Set<Role> roles(User user, String project) {
    return user.projects().getOrDefault(project, Set.of());
  }

  /** What a token says; empty when it is not good, or not any more. */
  Optional<SignedToken> read(String text) {
    return texts
        .read(text)
        .filter(token -> token.expiresAt().isAfter(clock.instant()))
        .filter(token -> !revoked.contains(token.id()))
        .filter(this::hasBasis);
  }

  private boolean hasBasis(SignedToken token) {
    Optional<User> user = users.now().named(token.user());
    return user.isPresent()
        && (user.get().password().map(IdentityTokens::basis).equals(Optional.of(token.basis()))
            || user.get().tokens().values().stream()
                .map(IdentityTokens::basis)
                .anyMatch(token.basis()::equals));
  }

  /** What a token rests on that was given for a password. */
  static String basis(PasswordHash hash) {
    return basis(hash.text());
  }

  /** What a token rests on that was given for another token, by that one's digest. */
  static String basis(String digest) {
    return Secrets.digest(digest).substring(0, 32);
  }

  /** A new token. */
  SignedToken issue(String user, String basis, Optional<String> project, String method) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    return new SignedToken(ids.get(), user, basis, project, List.of(method), now, now.plus(VALID));
  }

  /** A token for another project, or none, that lives no longer than the first. */
  SignedToken rescope(SignedToken first, Optional<String> project) {
    return new SignedToken(
        ids.get(),
        first.user(),
        first.basis(),
        project,
        List.of("token", first.methods().getFirst()),
        Instant.ofEpochSecond(clock.instant().getEpochSecond()),
        first.expiresAt());
  }

  String text(SignedToken token) {
    return texts.write(token);
  }

  void revoke(SignedToken token) {
    revoked.add(token);
  }
}
