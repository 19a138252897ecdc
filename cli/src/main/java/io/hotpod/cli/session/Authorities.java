package io.hotpod.cli.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the authorities whose signature on a server's certificate counts. */
final class Authorities {
  private Authorities() {}

  /** A context that trusts the certificates of a PEM file and no others. */
  static SSLContext read(Path file) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(TextFile.bytes(file)));
      if (certificates.isEmpty()) {
        throw CommandFailure.usage("the CA file " + file + " holds no certificate in PEM form.");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException failure) {
      throw CommandFailure.usage("the CA file " + file + " " + failure.getMessage() + ".");
    } catch (GeneralSecurityException failure) {
      throw CommandFailure.usage("the CA file " + file + " holds no certificate in PEM form.");
    }
  }
}
