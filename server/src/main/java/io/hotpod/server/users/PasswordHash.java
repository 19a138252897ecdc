package io.hotpod.server.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password that cannot be read back: PBKDF2 with HMAC-SHA-512 and a salt of its own. */
public final class PasswordHash {
  /** What OWASP recommends for this function. */
  public static final int ITERATIONS = 210_000;

  /** More would let a slip in the file stop the server at every request. */
  private static final int MOST_ITERATIONS = 10_000_000;

  private static final String KIND = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password, which takes a noticeable part of a second with the usual iterations. */
  public static PasswordHash of(String password, int iterations) {
    byte[] salt = Secrets.random(SALT_BYTES);
    return new PasswordHash(iterations, salt, derive(password, iterations, salt));
  }

  /** Reads what {@link #text} wrote; empty when it is something else. */
  public static Optional<PasswordHash> parse(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() != 4 || !parts.get(0).equals(KIND) || !parts.get(1).matches("[0-9]{1,8}")) {
      return Optional.empty();
    }
    int iterations = Integer.parseInt(parts.get(1));
    try {
      byte[] salt = Base64.getDecoder().decode(parts.get(2));
      byte[] hash = Base64.getDecoder().decode(parts.get(3));
      boolean sound =
          iterations >= 1
              && iterations <= MOST_ITERATIONS
              && salt.length == SALT_BYTES
              && hash.length == HASH_BYTES;
      return sound ? Optional.of(new PasswordHash(iterations, salt, hash)) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** {@code pbkdf2-sha512:ITERATIONS:SALT:HASH}, the last two in base64. */
  public String text() {
    return "%s:%d:%s:%s"
        .formatted(
            KIND,
            iterations,
            Base64.getEncoder().encodeToString(salt),
            Base64.getEncoder().encodeToString(hash));
  }

  /** Whether this is the password; takes the same time for any wrong one. */
  public boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, iterations, salt));
  }

  private static byte[] derive(String password, int iterations, byte[] salt) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }

  /** Says nothing of the password. */
  @Override
  public String toString() {
    return KIND + ":" + iterations;
  }
}
