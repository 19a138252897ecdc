package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewal of the credential, and what breaks off in the middle of it. */
final class TestCredentials {
  private static final Duration SOON = Duration.ofSeconds(30);

  private @TempDir Path directory;
  private StateDirectory state;
  private Renewing server;

  /**
   * A server that wants each credential renewed and keeps the old one until the new one is used.
   */
  private static final class Renewing implements AutoCloseable {
    private final HttpServer http;
    private final AtomicInteger given = new AtomicInteger();
    private volatile String current = "secret-0";
    private volatile String next = "none";
    private volatile boolean losingAnswers;
    private volatile boolean asking = true;

    Renewing() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/agent/v1/instances/i-1/", this::handle);
      http.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (shown.equals("Bearer " + next)) {
          current = next;
          asking = false;
        }
        if (!shown.equals("Bearer " + current)) {
          exchange.sendResponseHeaders(401, -1);
        } else if (exchange.getRequestURI().getPath().endsWith("/credential")) {
          next = "secret-" + given.incrementAndGet();
          if (losingAnswers) {
            return;
          }
          byte[] body = ("{\"credential\":\"" + next + "\"}").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        } else {
          if (asking) {
            exchange.getResponseHeaders().add("Hotpod-Credential", "renew");
          }
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    server = new Renewing();
    state = new StateDirectory(directory);
    state.save(new Identity("i-1", "secret-0", Optional.of("web-1")));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private HotpodSource source(IdentityKeeper keeper) throws IOException {
    return new HotpodSource(server.uri(), state.identity().orElseThrow(), keeper);
  }

  private static void report(HotpodSource source) throws InterruptedException {
    source.report(
        new PodReport(
            "run",
            1,
            0,
            Instant.EPOCH,
            new InstanceFacts("host", "1", "podman", "4", ""),
            List.of()));
  }

  private String kept() throws IOException {
    return state.identity().orElseThrow().credential();
  }

  @Test
  void aNewCredentialIsKeptAndThenUsed() throws Exception {
    try (HotpodSource source = source(state::save)) {
      report(source);
      await().atMost(SOON).until(() -> kept().equals("secret-1"));
      assertThat(server.current).isEqualTo("secret-0");

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                report(source);
                assertThat(server.current).isEqualTo("secret-1");
              });
      assertThat(state.identity().orElseThrow().name()).contains("web-1");
    }
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() throws Exception {
    server.losingAnswers = true;
    try (HotpodSource source = source(state::save)) {
      report(source);
      await().atMost(SOON).until(() -> server.given.get() >= 1);
      report(source);
      assertThat(kept()).isEqualTo("secret-0");

      server.losingAnswers = false;
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                report(source);
                assertThat(server.current).isNotEqualTo("secret-0").isEqualTo(kept());
              });
    }
  }

  @Test
  void anAgentThatIsKilledBeforeItKeptTheNewOneGoesOnWithTheOld() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (HotpodSource killed =
        source(
            identity -> {
              received.incrementAndGet();
              throw new IOException("killed here");
            })) {
      report(killed);
      await().atMost(SOON).until(() -> received.get() >= 1);
      assertThatCode(() -> report(killed)).doesNotThrowAnyException();
    }
    assertThat(kept()).isEqualTo("secret-0");

    try (HotpodSource next = source(state::save)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                report(next);
                assertThat(server.current).isNotEqualTo("secret-0").isEqualTo(kept());
              });
    }
  }

  @Test
  void anAgentThatIsKilledBeforeItUsedTheNewOneBeginsWithIt() throws Exception {
    try (HotpodSource killed = source(state::save)) {
      report(killed);
      await().atMost(SOON).until(() -> kept().equals("secret-1"));
    }
    assertThat(server.current).isEqualTo("secret-0");

    try (HotpodSource next = source(state::save)) {
      report(next);
      assertThat(server.current).isEqualTo("secret-1");
    }
  }
}
