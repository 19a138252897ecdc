package io.hotpod.agent.runtime.podman.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.hotpod.testing.kubelet.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestProbeHttp {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Queue<HttpExchange> asked = new ConcurrentLinkedQueue<>();
  private final HttpServer server = start(server());

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer start(HttpServer one) {
    one.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    one.createContext("/", this::answer);
    one.start();
    return one;
  }

  /** A path such as {@code /302/500} is answered with 302 and a way to {@code /500}. */
  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange);
    String[] path = exchange.getRequestURI().getPath().split("/", 3);
    if (path.length > 2) {
      String next = path[2].equals("again") ? exchange.getRequestURI().getPath() : "/" + path[2];
      exchange.getResponseHeaders().set("Location", path[2].startsWith("http:") ? path[2] : next);
    }
    exchange.sendResponseHeaders(Integer.parseInt(path[1]), -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int get(String path, HTTPHeader... headers) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new ProbeHttp(PodReach.MACHINE, List.of(headers)).get(url, LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 399, 404, 503})
  void statusIsTheServers(int status) throws Exception {
    assertThat(get("/" + status)).isEqualTo(status);
  }

  @Test
  void pathQueryAndHeadersAreThoseOfTheProbe() throws Exception {
    get(
        "/200?a=%20b&c",
        new HTTPHeader("Host", "shop.example"),
        new HTTPHeader("x-probe", "yes"),
        new HTTPHeader("User-Agent", "me/1"));

    HttpExchange exchange = asked.remove();
    assertThat(exchange.getRequestURI()).hasToString("/200?a=%20b&c");
    assertThat(exchange.getRequestHeaders().get("Host")).containsExactly("shop.example");
    assertThat(exchange.getRequestHeaders().get("X-probe")).containsExactly("yes");
    assertThat(exchange.getRequestHeaders().get("User-Agent")).containsExactly("me/1");
    assertThat(exchange.getRequestHeaders().get("Accept")).containsExactly("*/*");
  }

  @Test
  void aHostThatIsNotNamedIsTheAddress() throws Exception {
    get("/200");

    assertThat(asked.remove().getRequestHeaders().get("Host"))
        .containsExactly("127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void redirectsToTheSameHostAreFollowed() throws Exception {
    assertThat(get("/302/500")).isEqualTo(500);
    assertThat(get("/307/200")).isEqualTo(200);
  }

  @Test
  void aRedirectToAnotherHostIsTheAnswer() throws Exception {
    assertThat(get("/302/http://other.example/")).isEqualTo(302);
    assertThat(asked).hasSize(1);
  }

  @Test
  void redirectsWithoutEndAreGivenUp() {
    assertThatThrownBy(() -> get("/302/again"))
        .isInstanceOf(IOException.class)
        .hasMessage("stopped after 10 redirects");
  }

  @Test
  void aHeaderOfTwoLinesIsRefused() {
    assertThatThrownBy(() -> get("/200", new HTTPHeader("a", "b\r\nc: d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header a");
    assertThat(asked).isEmpty();
  }

  @Test
  void whoeverTakesTheConnectionAndSaysNothingIsTooLate() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThatThrownBy(
              () -> new ProbeHttp(PodReach.MACHINE, List.of()).get(url, Duration.ofMillis(200)))
          .isInstanceOf(IOException.class)
          .hasMessage("timed out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
  void whatIsNotHttpIsNoAnswer(String said) throws Exception {
    try (ServerSocket strange = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> say(strange, said));
      URI url = URI.create("http://127.0.0.1:" + strange.getLocalPort() + "/");

      assertThatThrownBy(() -> new ProbeHttp(PodReach.MACHINE, List.of()).get(url, LONG))
          .isInstanceOf(IOException.class);
      answering.join();
    }
  }

  private static void say(ServerSocket strange, String said) {
    try (Socket socket = strange.accept()) {
      // Closing with unread input would reset the connection.
      for (int read = 0, ends = 0; ends < 4 && read >= 0; ) {
        read = socket.getInputStream().read();
        ends = read == '\r' || read == '\n' ? ends + 1 : 0;
      }
      socket.getOutputStream().write(said.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anyCertificateWillDo() throws Exception {
    withTls(
        port -> {
          URI url = URI.create("https://127.0.0.1:" + port + "/204");
          assertThat(new ProbeHttp(PodReach.MACHINE, List.of()).get(url, LONG)).isEqualTo(204);
        });
  }

  @Test
  void tlsGoesThroughARelayToo() throws Exception {
    withTls(
        port -> {
          Process relay =
              new ProcessBuilder(
                      "bash", "-c", InnerReach.RELAY, "127.0.0.1", Integer.toString(port))
                  .start();
          assertThat(relay.getInputStream().read()).isEqualTo('\n');
          try (Socket plain = new RelayedSocket(relay);
              Socket socket = AnyCertificate.over(plain, "127.0.0.1", port)) {
            socket
                .getOutputStream()
                .write(
                    "GET /404 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                .isEqualTo("HTTP/1.1 404");
          }
          assertThat(relay.waitFor(LONG.toMillis(), MILLISECONDS)).isTrue();
        });
  }

  private interface OnPort {
    void run(int port) throws Exception;
  }

  private void withTls(OnPort work) throws Exception {
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(Certificates.shared().context()));
    start(secure);
    try {
      work.run(secure.getAddress().getPort());
    } finally {
      secure.stop(0);
    }
  }
}
