package io.hotpod.testing.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A kubelet's certificate as it makes one itself, signed by its own key for the name of its node
 * and no address, and a client certificate that it knows. Made once in a process.
 */
public final class Certificates {
  private static final String PASSWORD = "no-secret";
  private static final Certificates SHARED = new Certificates("labnode", "agent");
  private static final Certificates STRANGER = new Certificates("labnode", "stranger");

  private final KeyStore server;
  private final KeyStore client;

  private Certificates(String node, String user) {
    server = make("CN=" + node + "@1763884800", "-ext", "san=dns:" + node);
    client = make("CN=" + user);
  }

  /** Those of the kubelet that tests play against. */
  public static Certificates shared() {
    return SHARED;
  }

  /** Those of somebody else. */
  public static Certificates stranger() {
    return STRANGER;
  }

  /** The kubelet's certificate, PEM. */
  public String server() {
    return certificate(server);
  }

  /** The client's certificate, PEM. */
  public String client() {
    return certificate(client);
  }

  /** The client's key, PEM, PKCS #8. */
  public String clientKey() {
    try {
      Key key = client.getKey("one", PASSWORD.toCharArray());
      return pem("PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was just made cannot be read", e);
    }
  }

  /** SHA-256 of the kubelet's certificate, in lower-case hexadecimal. */
  public String fingerprint() {
    try {
      byte[] der = server.getCertificate("one").getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made cannot be read", e);
    }
  }

  /** TLS of a server with the kubelet's certificate. */
  public SSLContext context() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(server, PASSWORD.toCharArray());
      KeyStore known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      known.setCertificateEntry("client", client.getCertificate("one"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  private static String certificate(KeyStore store) {
    try {
      return pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made cannot be read", e);
    }
  }

  private static String pem(String what, byte[] der) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, newline).encodeToString(der), what);
  }

  /** The JDK signs certificates in its tool only. */
  private static KeyStore make(String name, String... more) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("hotpod-certificates");
      Path file = directory.resolve("store.p12");
      List<String> words = new java.util.ArrayList<>();
      words.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-J-Duser.language=en",
              "-genkeypair",
              "-alias",
              "one",
              "-keyalg",
              "EC",
              "-dname",
              name,
              "-validity",
              "365",
              "-storetype",
              "PKCS12",
              "-keystore",
              file.toString(),
              "-storepass",
              PASSWORD));
      words.addAll(List.of(more));
      Process tool =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + Files.readString(directory.resolve("log")));
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream input = Files.newInputStream(file)) {
        store.load(input, PASSWORD.toCharArray());
      }
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException("certificates cannot be made", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificates cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making certificates", e);
    } finally {
      delete(directory);
    }
  }

  private static void delete(@org.jspecify.annotations.Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try {
      for (String file : List.of("store.p12", "log")) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean up " + directory, e);
    }
  }
}
