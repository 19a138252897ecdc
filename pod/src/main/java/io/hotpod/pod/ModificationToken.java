package io.hotpod.pod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Names one modification of one resource: equal tokens are the same modification, and applying it
 * again is a success that does nothing.
 *
 * @param value URL-safe, 22 characters when made here
 */
public record ModificationToken(@JsonValue String value) {
  /** Where the token travels in a pod. */
  public static final String ANNOTATION = "hotpod.io/modification-token";

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int BYTES = 16;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ModificationToken {
    requireNonNull(value, "value is null");
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a modification token: " + value);
    }
  }

  /**
   * The token of a resource's desired content: the first 16 bytes of a SHA-256 over all four parts,
   * in base64 for URLs. Pure, and the same in every release.
   *
   * @param stackId of the stack that the resource is part of
   * @param resourceName within the stack
   * @param incarnation counts the physical replacements of the resource
   * @param content compared in canonical form: the order of keys does not matter
   */
  public static ModificationToken of(
      String stackId, String resourceName, int incarnation, JsonNode content) {
    MessageDigest digest = sha256();
    for (String part :
        new String[] {
          stackId, resourceName, Integer.toString(incarnation), CanonicalJson.write(content)
        }) {
      byte[] bytes = part.getBytes(UTF_8);
      // Each part is preceded by its length, so that no two lists of parts read the same.
      digest.update(Integer.toString(bytes.length).getBytes(UTF_8));
      digest.update((byte) ':');
      digest.update(bytes);
    }
    byte[] first = Arrays.copyOf(digest.digest(), BYTES);
    return new ModificationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(first));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
