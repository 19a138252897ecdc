package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.http.LateTls;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The HTTP clients of the probes of one runtime. Thread-safe. Like a kubelet they take any
 * certificate: a probe asks whether a server answers, sends nothing secret, and knows the server by
 * its address only.
 */
final class ProbeHttp implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<HttpClient> plain = Optional.empty();

  /** For probes without TLS, which are most; made when the first one is. */
  HttpClient plain() {
    lock.lock();
    try {
      HttpClient client = plain.orElseGet(() -> builder().sslContext(new LateTls()).build());
      plain = Optional.of(client);
      return client;
    } finally {
      lock.unlock();
    }
  }

  /** For probes with TLS; made when the first one is. */
  static HttpClient secure() {
    return Secure.CLIENT;
  }

  private static final class Secure {
    private static final HttpClient CLIENT = builder().sslContext(anyCertificate()).build();
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  private static SSLContext anyCertificate() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TakeAny()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has TLS", e);
    }
  }

  /** Ends what is under way; only when nobody probes any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      plain.ifPresent(HttpClient::shutdownNow);
    } finally {
      lock.unlock();
    }
  }

  private static final class TakeAny extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
