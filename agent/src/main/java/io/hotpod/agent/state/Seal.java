package io.hotpod.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is kept on the instance's disk, with AES-256-GCM and a key of this instance alone.
 * What was changed by others, or belongs to another instance, does not open. Thread-safe.
 */
final class Seal {
  private static final byte[] FORM = {'H', 'P', 'S', '1'};
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path keyFile;
  private final SecureRandom random;

  Seal(Path keyFile, SecureRandom random) {
    this.keyFile = keyFile;
    this.random = random;
  }

  /** Makes the key where there is none yet. */
  byte[] close(byte[] content) throws IOException {
    Optional<byte[]> known = key();
    byte[] key = known.isPresent() ? known.get() : made();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(content);
      return ByteBuffer.allocate(FORM.length + NONCE_BYTES + sealed.length)
          .put(FORM)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IOException("the state cannot be encrypted: " + e.getMessage(), e);
    }
  }

  /** The content; empty when it was not sealed with the key of this instance, or was changed. */
  Optional<byte[]> open(byte[] sealed) throws IOException {
    Optional<byte[]> key = key();
    int start = FORM.length + NONCE_BYTES;
    if (key.isEmpty()
        || sealed.length < start
        || !Arrays.equals(sealed, 0, FORM.length, FORM, 0, FORM.length)) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, FORM.length, start);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key.get(), nonce)
              .doFinal(sealed, start, sealed.length - start));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(FORM);
    return cipher;
  }

  private Optional<byte[]> key() throws IOException {
    return AtomicFile.read(keyFile).filter(key -> key.length == KEY_BYTES);
  }

  private byte[] made() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    AtomicFile.write(keyFile, key);
    return key;
  }
}
