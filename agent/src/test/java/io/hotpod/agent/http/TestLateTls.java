package io.hotpod.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class TestLateTls {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void plainHttpWorksWithIt() throws Exception {
    HttpServer server = HttpServer.create(ANY, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (HttpClient client = client()) {
      assertThat(ask(client, "http", server.getAddress().getPort())).isEqualTo(204);
    } finally {
      server.stop(0);
    }
  }

  /** The server has no certificate: that the handshake fails shows that there was one. */
  @Test
  void tlsIsSpokenWhereItIsAskedFor() throws Exception {
    HttpsServer server = HttpsServer.create(ANY, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
    server.start();
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> ask(client, "https", server.getAddress().getPort()))
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void itIsTheDefaultContext() throws NoSuchAlgorithmException {
    assertThat(new LateTls().createSSLEngine().getSupportedCipherSuites())
        .isEqualTo(SSLContext.getDefault().createSSLEngine().getSupportedCipherSuites());
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .sslContext(new LateTls())
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private static int ask(HttpClient client, String scheme, int port)
      throws IOException, InterruptedException {
    URI uri = URI.create(scheme + "://127.0.0.1:" + port + "/");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
