package io.hotpod.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM form; every failure names the file. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private PemFiles() {}

  /** The certificates of a file, at least one, in their order. */
  static List<Certificate> certificates(Path file) throws IOException {
    Matcher block = CERTIFICATE.matcher(text(file));
    List<Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (block.find()) {
        certificates.add(
            factory.generateCertificate(
                new ByteArrayInputStream(block.group().getBytes(US_ASCII))));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds a broken certificate: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM form");
    }
    return certificates;
  }

  /** The private key of a file that others cannot read. */
  static PrivateKey key(Path file) throws IOException {
    Matcher block = KEY.matcher(text(file));
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException(
          "%s holds a private key and may be read by everybody; run: chmod o= %s"
              .formatted(file, file));
    }
    if (!block.find()) {
      throw new IOException(
          "%s holds no private key in PKCS #8 form; make one of it with: openssl pkcs8 -topk8"
                  .formatted(file)
              + " -nocrypt -in %s".formatted(file));
    }
    try {
      PKCS8EncodedKeySpec encoded =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
      return key(file, encoded);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds a private key that is not base64", e);
    }
  }

  private static PrivateKey key(Path file, PKCS8EncodedKeySpec encoded) throws IOException {
    IOException failure =
        new IOException(file + " holds a private key that is none of " + ALGORITHMS);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException another) {
        failure.addSuppressed(another);
      }
    }
    throw failure;
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " does not exist", missing);
    } catch (AccessDeniedException denied) {
      throw new IOException(file + " cannot be read: permission denied", denied);
    }
  }
}
