package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS towards a kubelet: what it is known by, and what this side shows. */
final class KubeletTls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = new char[0];

  private KubeletTls() {}

  /**
   * Reads the files and makes a context of them.
   *
   * @throws IOException when a file cannot be read or holds something else; the message names it
   */
  static SSLContext context(KubeletSettings settings) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings.credentials()), new TrustManager[] {trust(settings)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "TLS for " + settings.url() + " cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager trust(KubeletSettings settings)
      throws IOException, GeneralSecurityException {
    return switch (settings.trust()) {
      case KubeletTrust.Nothing ignored ->
          throw new IllegalStateException("TLS without anything to trust");
      case KubeletTrust.Fingerprint fingerprint ->
          new NamelessTrust(new PinnedCertificate(fingerprint.sha256()));
      case KubeletTrust.Authority authority -> {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(authority.file())) {
          store.setCertificateEntry("authority-" + number++, certificate);
        }
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        yield known((X509TrustManager) factory.getTrustManagers()[0], settings.url().getHost());
      }
    };
  }

  /**
   * Nobody but this machine answers at its loopback address, which is in no kubelet's certificate;
   * elsewhere the name has to fit.
   */
  private static TrustManager known(X509TrustManager authorities, String host) {
    return isLoopback(host) ? new NamelessTrust(authorities) : authorities;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static KeyManager[] keys(KubeletCredentials credentials)
      throws IOException, GeneralSecurityException {
    if (!(credentials instanceof KubeletCredentials.ClientCertificate files)) {
      return new KeyManager[0];
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "client",
        key(files.key()),
        NO_PASSWORD,
        certificates(files.certificate()).toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      List<Certificate> certificates =
          new ArrayList<>(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(certificateBlocks(bytes))));
      if (certificates.isEmpty()) {
        throw new IOException(file + " holds no certificate in PEM form");
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificate in PEM form: " + e.getMessage(), e);
    }
  }

  /** A file may hold a key as well, which the JDK's reader does not skip. */
  private static byte[] certificateBlocks(byte[] file) {
    Matcher block =
        Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
            .matcher(new String(file, UTF_8));
    StringBuilder blocks = new StringBuilder();
    while (block.find()) {
      blocks.append(block.group()).append('\n');
    }
    return blocks.toString().getBytes(UTF_8);
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher block = KEY.matcher(Files.readString(file));
    if (!block.find()) {
      throw new IOException(
          file
              + " holds no private key in PKCS #8 form; \"openssl pkcs8 -topk8 -nocrypt -in "
              + file
              + "\" prints one");
    }
    PKCS8EncodedKeySpec encoded;
    try {
      encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds a private key that is not base64", e);
    }
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      Optional<PrivateKey> key = key(algorithm, encoded);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IOException(file + " holds a private key that is none of EC, RSA and Ed25519");
  }

  /** Empty when the key is of another kind. */
  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec encoded)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }
}
