package io.hotpod.server.peer;

import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Takes from each server the one certificate that it said, in the database, that it shows, whatever
 * name that is for; where it said none, one that leads to an authority that Java knows.
 * Thread-safe.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final Map<String, String> expected = new ConcurrentHashMap<>();
  private final X509ExtendedTrustManager usual;

  private PeerTrust(X509ExtendedTrustManager usual) {
    this.usual = usual;
  }

  static PeerTrust create() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .map(PeerTrust::new)
          .orElseThrow(() -> new IllegalStateException("this Java has no trust manager for X.509"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authorities that Java knows cannot be read", e);
    }
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  /**
   * Says what a server shows from now on.
   *
   * @param sha256 of its certificate; empty to judge it as any other
   */
  void expect(URI server, Optional<String> sha256) {
    int port = server.getPort() < 0 ? 443 : server.getPort();
    String place = place(server.getHost(), port);
    sha256.ifPresentOrElse(text -> expected.put(place, text), () -> expected.remove(place));
  }

  private static String place(String host, int port) {
    return host.replace("[", "").replace("]", "") + " " + port;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    String host = engine == null ? null : engine.getPeerHost();
    String sha256 =
        host == null || engine == null ? null : expected.get(place(host, engine.getPeerPort()));
    if (sha256 == null) {
      usual.checkServerTrusted(chain, type, engine);
      return;
    }
    String shown = fingerprint(chain[0]);
    if (!shown.equals(sha256)) {
      throw new CertificateException(
          "it shows the certificate with the SHA-256 " + shown + " and not " + sha256);
    }
  }

  /** Of a certificate, in hexadecimal. */
  private static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("its certificate cannot be read", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    usual.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("nobody is asked for without a connection");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw nobodyConnects();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw nobodyConnects();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw nobodyConnects();
  }

  private static CertificateException nobodyConnects() {
    return new CertificateException("nobody connects here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}
