package io.hotpod.agent.runtime.kubelet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.X509TrustManager;

/** Takes one certificate and no other, whatever it says of itself. */
final class PinnedCertificate implements X509TrustManager {
  private final String sha256;

  PinnedCertificate(String sha256) {
    this.sha256 = sha256;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    String shown = fingerprint(chain[0]);
    if (!MessageDigest.isEqual(HexFormat.of().parseHex(shown), HexFormat.of().parseHex(sha256))) {
      throw new CertificateException(
          "it shows the certificate with the fingerprint " + shown + " and not " + sha256);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("nobody connects here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
