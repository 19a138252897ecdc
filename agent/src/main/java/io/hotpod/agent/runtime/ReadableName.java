package io.hotpod.agent.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names that people recognise and nobody else has. They follow from what they stand for alone, so a
 * creation that was interrupted is found again instead of being done twice. Pure.
 */
public final class ReadableName {
  private static final int LONGEST_READABLE = 40;
  private static final int SUFFIX_BYTES = 5;

  private ReadableName() {}

  /**
   * Such as {@code web-1f00ba9c2d}: a beginning for people, and ten hexadecimal digits that set it
   * apart.
   *
   * @param name whose beginning is taken
   * @param identity everything that sets it apart
   */
  public static String of(String name, String... identity) {
    String readable = name.substring(0, Math.min(name.length(), LONGEST_READABLE));
    byte[] digest = sha256().digest(String.join("\n", identity).getBytes(UTF_8));
    return readable + "-" + HexFormat.of().formatHex(digest, 0, SUFFIX_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
