package io.hotpod.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A key of the key file. Its id follows from it, so that a damaged one is seen. Immutable. */
final class MasterKey {
  private static final int BYTES = 32;
  private static final int ID_BYTES = 6;

  private final byte[] bytes;
  private final String id;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
    this.id =
        HexFormat.of().formatHex(Hmac.of(bytes, "hotpod key id".getBytes(UTF_8)), 0, ID_BYTES);
  }

  static MasterKey make(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws IllegalArgumentException when it is something else, without repeating it
   */
  static MasterKey read(String line) {
    String[] words = line.split(" ", -1);
    if (words.length == 2) {
      try {
        MasterKey key = new MasterKey(Base64.getDecoder().decode(words[1]));
        if (key.bytes.length == BYTES && key.id.equals(words[0])) {
          return key;
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("it is not a key, or a damaged one", e);
      }
    }
    throw new IllegalArgumentException("it is not a key, or a damaged one");
  }

  /** For the key file; holds the key itself. */
  String line() {
    return id + " " + Base64.getEncoder().encodeToString(bytes);
  }

  String id() {
    return id;
  }

  /** The key under which one batch of cells is sealed. */
  SecretKeySpec derive(byte[] salt) {
    return new SecretKeySpec(Hmac.of(bytes, "hotpod cells".getBytes(UTF_8), salt), "AES");
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
