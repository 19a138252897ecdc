package io.hotpod.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Finds out whether two keys are a pair, before a client finds out that they are not. */
final class KeyPairs {
  private static final byte[] TEXT = "one pair".getBytes(US_ASCII);

  private KeyPairs() {}

  static boolean belongTogether(PrivateKey key, PublicKey shown) throws IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "Ed25519";
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(TEXT);
      byte[] signature = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(shown);
      checking.update(TEXT);
      return checking.verify(signature);
    } catch (java.security.InvalidKeyException another) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IOException("the private key cannot sign: " + e.getMessage(), e);
    }
  }
}
