package io.hotpod.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts with AES-256-GCM under the first of some keys, and decrypts those of all of them.
 * A sealed text names its key and is good in its own place only. Each key of the file yields a new
 * derived key after so many texts, so that random nonces never come near to meeting. Thread-safe.
 */
public final class Sealer {
  /** What every sealed text begins with. */
  public static final String ANY = "sealed:";

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int TEXTS_PER_DERIVED_KEY = 1 << 20;
  private static final int REMEMBERED = 1024;
  private static final int IDLE_CIPHERS = 16;

  private final Map<String, MasterKey> keys = new LinkedHashMap<>();
  private final MasterKey newest;
  private final BulkRandom random;
  private volatile Batch batch;
  private final Queue<Cipher> ciphers = new ArrayBlockingQueue<>(IDLE_CIPHERS);
  private final Map<ByteBuffer, SecretKeySpec> derived = new ConcurrentHashMap<>();

  Sealer(List<MasterKey> keys, SecureRandom random) {
    keys.forEach(key -> this.keys.put(key.id(), key));
    this.newest = keys.getFirst();
    this.random = new BulkRandom(random);
    this.batch = newBatch();
  }

  /** Texts that are sealed under one derived key. */
  private static final class Batch {
    private final byte[] salt;
    private final SecretKeySpec key;
    private final AtomicInteger left = new AtomicInteger(TEXTS_PER_DERIVED_KEY);

    Batch(byte[] salt, SecretKeySpec key) {
      this.salt = salt;
      this.key = key;
    }
  }

  /** One that nobody uses; it is offered to the next one unless it has failed. */
  private Cipher cipher() throws GeneralSecurityException {
    Cipher idle = ciphers.poll();
    return idle == null ? Cipher.getInstance(ALGORITHM) : idle;
  }

  private Batch newBatch() {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return new Batch(salt, newest.derive(salt));
  }

  /** Names the key that is sealed with. */
  public String keyId() {
    return newest.id();
  }

  /** Whether it also opens what was sealed under older keys. */
  public boolean hasOlderKeys() {
    return keys.size() > 1;
  }

  /** What every text begins with that is sealed with the newest key. */
  public String newestPrefix() {
    return ANY + newest.id() + ":";
  }

  /**
   * Encrypts a text.
   *
   * @param place it opens nowhere else
   */
  public String seal(String place, String text) {
    Batch current = batch;
    if (current.left.decrementAndGet() < 0) {
      current = newBatch();
      batch = current;
    }
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] bytes = text.getBytes(UTF_8);
    byte[] sealed = Arrays.copyOf(current.salt, SALT + NONCE + bytes.length + TAG_BITS / Byte.SIZE);
    System.arraycopy(nonce, 0, sealed, SALT, NONCE);
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.ENCRYPT_MODE, current.key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(UTF_8));
      cipher.doFinal(bytes, 0, bytes.length, sealed, SALT + NONCE);
      ciphers.offer(cipher);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
    return newestPrefix() + Base64.getEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Decrypts a text.
   *
   * @throws UnreadableException when it is not sealed, or under a key that is not here, or was
   *     changed, or is from another place
   */
  public String open(String place, String stored) {
    int end = stored.startsWith(ANY) ? stored.indexOf(':', ANY.length()) : -1;
    if (end < 0) {
      throw new UnreadableException(place, "it is not encrypted");
    }
    String id = stored.substring(ANY.length(), end);
    MasterKey key = keys.get(id);
    if (key == null) {
      throw new UnreadableException(
          place, "it is encrypted under the key %s, and there is %s".formatted(id, keys.keySet()));
    }
    try {
      byte[] sealed = Base64.getDecoder().decode(stored.substring(end + 1));
      Cipher cipher = cipher();
      cipher.init(
          Cipher.DECRYPT_MODE,
          derived(key, Arrays.copyOf(sealed, SALT)),
          new GCMParameterSpec(TAG_BITS, sealed, SALT, NONCE));
      cipher.updateAAD(place.getBytes(UTF_8));
      byte[] opened = cipher.doFinal(sealed, SALT + NONCE, sealed.length - SALT - NONCE);
      ciphers.offer(cipher);
      return new String(opened, UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnreadableException(place, "it was changed, or was written for another place", e);
    }
  }

  private SecretKeySpec derived(MasterKey key, byte[] salt) {
    ByteBuffer name = ByteBuffer.wrap(salt);
    SecretKeySpec known = derived.get(name);
    if (known != null) {
      return known;
    }
    if (derived.size() >= REMEMBERED) {
      derived.clear();
    }
    SecretKeySpec made = key.derive(salt);
    derived.put(name, made);
    return made;
  }
}
