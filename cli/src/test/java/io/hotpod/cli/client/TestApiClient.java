package io.hotpod.cli.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotpod.cli.Bodies;
import io.hotpod.cli.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TestApiClient {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final FakeServer server = new FakeServer();
  private final ApiClient api =
      new ApiClient(
          URI.create(server.url()),
          "default",
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(2),
          SHORT);

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void refusalsKeepTheWordsOfTheServer() {
    server.on("GET /stacks/x", 404, Bodies.error("EntityNotFound", "The Stack (x) is missing."));

    ApiException refusal = catchThrowableOfType(ApiException.class, () -> api.get("/stacks/x"));

    assertThat(refusal).hasMessage("The Stack (x) is missing.");
    assertThat(refusal.type()).isEqualTo("EntityNotFound");
    assertThat(refusal.isNotFound()).isTrue();
  }

  @Test
  void silentServerIsGivenUpInTime() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    server.on(
        "GET /stacks",
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> api.get("/stacks"))
        .isInstanceOf(UnreachableException.class)
        .hasMessage(
            "the server at " + server.url() + " did not answer GET /v1/default/stacks in time.");
    release.countDown();
  }

  @Test
  void longWaitsHaveTheirTimeOnTop() {
    server.on(
        "GET /stacks",
        exchange -> {
          java.util.concurrent.locks.LockSupport.parkNanos(SHORT.plusMillis(200).toNanos());
          FakeServer.send(exchange, 200, "{}");
        });

    assertThat(api.get("/stacks", Duration.ofSeconds(5)).isObject()).isTrue();
  }

  @Test
  void pageOfAnotherServerIsNotTakenForAnAnswer() {
    server.on("GET /stacks", 200, "<html>hello</html>");
    server.on("GET /other", 502, "<html>bad gateway</html>");

    assertThatThrownBy(() -> api.get("/stacks"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("does not answer like a Hotpod server (HTTP 200, no JSON)");
    assertThatThrownBy(() -> api.get("/other")).hasMessageContaining("(HTTP 502, no JSON)");
  }

  @Test
  void brokenConnectionsAreToldApartFromAbsentServers() {
    server.on("GET /stacks", exchange -> exchange.close());
    ApiClient nowhere = new ApiClient(URI.create("http://127.0.0.1:1"), "default");

    assertThat(
            catchThrowableOfType(UnreachableException.class, () -> api.get("/stacks"))
                .mayHaveArrived())
        .isTrue();
    assertThat(
            catchThrowableOfType(UnreachableException.class, () -> nowhere.get("/stacks"))
                .mayHaveArrived())
        .isFalse();
    nowhere.close();
  }

  @Test
  void serverWithoutTlsIsToldFromOneWithAForeignCertificate() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ApiClient secure =
            new ApiClient(URI.create("https://127.0.0.1:" + socket.getLocalPort()), "default")) {
      Thread.ofVirtual().start(() -> answerInClear(socket));

      assertThatThrownBy(() -> secure.get("/stacks"))
          .isInstanceOf(UnreachableException.class)
          .hasMessage("what listens at https://127.0.0.1:%s speaks no TLS.", socket.getLocalPort());
    }
  }

  private static void answerInClear(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      assertThat(client.getInputStream().read(new byte[8192])).isPositive();
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void redirectsByNameAreFollowed() {
    server.on(
        "GET /stacks/web",
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.url() + "/v1/default/stacks/web/1");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.on("GET /stacks/web/1", 200, Bodies.stack("CREATE_COMPLETE"));

    assertThat(api.get("/stacks/web").path("stack").path("id").asString("")).isEqualTo("1");
  }

  @Test
  void streamsLogs() throws Exception {
    server.on("GET /pods/a%2Fb/logs".replace("%2F", "/"), 200, "one\ntwo\n");

    try (InputStream logs = api.stream("/pods/a%2Fb/logs?tail=2")) {
      assertThat(new String(logs.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
    }
    assertThatThrownBy(() -> api.stream("/pods/none/logs")).isInstanceOf(ApiException.class);
  }
}
