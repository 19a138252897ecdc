package io.hotpod.engine.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.SecretTable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes what only this installation can make: URLs and passwords that need not be stored, because
 * they can be made again to compare with. Thread-safe.
 */
public final class SigningKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String NAME = "signals";
  private static final int BYTES = 32;

  private final Database database;
  private final Random random;
  private final AtomicReference<@Nullable SecretKeySpec> loaded = new AtomicReference<>();

  /**
   * @param random of which a key is made where there is none yet
   */
  public SigningKey(Database database, Random random) {
    this.database = database;
    this.random = random;
  }

  /**
   * The signature of some texts in this order.
   *
   * @param purpose what is signed for one purpose is worth nothing for another
   * @return 43 characters that a URL can carry as they are
   */
  public String sign(String purpose, List<String> parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      mac.update(length(purpose));
      for (String part : parts) {
        mac.update(length(part));
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** A text that tells where it ends, so that two lists of texts never look alike. */
  private static byte[] length(String text) {
    return (text.length() + ":" + text).getBytes(UTF_8);
  }

  /** Whether that is the signature; takes the same time whatever differs. */
  public boolean verify(String purpose, List<String> parts, String signature) {
    return MessageDigest.isEqual(sign(purpose, parts).getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  private SecretKeySpec key() {
    SecretKeySpec key = loaded.get();
    if (key == null) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String proposed = Base64.getEncoder().encodeToString(bytes);
      String stored =
          database.writer().write(handle -> SecretTable.findOrStore(handle, NAME, proposed));
      key = new SecretKeySpec(Base64.getDecoder().decode(stored), ALGORITHM);
      loaded.set(key);
    }
    return key;
  }
}
