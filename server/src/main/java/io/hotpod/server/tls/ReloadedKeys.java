package io.hotpod.server.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key and certificate of the files as they are when a connection begins. Connections that are
 * open stay as they are; files that became broken, or of which only one is new yet, change nothing.
 * Thread-safe.
 */
public final class ReloadedKeys extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadedKeys.class);
  private static final String ALIAS = "server";
  private static final char[] NO_PASSWORD = new char[0];

  private final TlsFiles files;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Seen seen;

  /** How the files looked, and what they held. */
  private record Seen(String look, X509ExtendedKeyManager keys) {}

  private ReloadedKeys(TlsFiles files, Seen seen) {
    this.files = files;
    this.seen = seen;
  }

  /**
   * Those of some files.
   *
   * @throws IOException when they cannot be used now; the message names the file
   */
  public static ReloadedKeys of(TlsFiles files) throws IOException {
    return new ReloadedKeys(files, new Seen(look(files), read(files)));
  }

  /**
   * A context that shows what the files hold.
   *
   * @throws IOException when there can be none
   */
  public SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new ReloadedKeys[] {this}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The SHA-256 of the certificate that is shown at present, in hexadecimal. */
  public String fingerprint() {
    try {
      byte[] shown = now().getCertificateChain(ALIAS)[0].getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shown));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that is shown can be read", e);
    }
  }

  private X509ExtendedKeyManager now() {
    String look = look(files);
    Seen last = seen;
    return look.equals(last.look()) ? last.keys() : readAgain(look);
  }

  private X509ExtendedKeyManager readAgain(String look) {
    reading.lock();
    try {
      Seen last = seen;
      if (!look.equals(last.look())) {
        seen = new Seen(look, readOr(last.keys()));
      }
      return seen.keys();
    } finally {
      reading.unlock();
    }
  }

  private X509ExtendedKeyManager readOr(X509ExtendedKeyManager before) {
    try {
      X509ExtendedKeyManager keys = read(files);
      LOG.info("read the certificate again from {}", files.certificate());
      return keys;
    } catch (IOException broken) {
      LOG.error(
          "the certificate or its key changed and cannot be used; the earlier ones stay: {}",
          broken.getMessage());
      return before;
    }
  }

  private static X509ExtendedKeyManager read(TlsFiles files) throws IOException {
    List<Certificate> certificates = PemFiles.certificates(files.certificate());
    PrivateKey key = PemFiles.key(files.key());
    if (!KeyPairs.belongTogether(key, certificates.getFirst().getPublicKey())) {
      throw new IOException(
          "the key in %s is not that of the first certificate in %s"
              .formatted(files.key(), files.certificate()));
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, NO_PASSWORD, certificates.toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return Arrays.stream(factory.getKeyManagers())
          .filter(X509ExtendedKeyManager.class::isInstance)
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IOException("this Java has no key manager for X.509"));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s cannot be used: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
  }

  private static String look(TlsFiles files) {
    return look(files.certificate()) + "\n" + look(files.key());
  }

  private static String look(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    } catch (IOException missing) {
      return "missing";
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return now().chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return now().chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return now().getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return seen.keys().getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return seen.keys().getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
