package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set is kept on disk as the server wrote it. */
final class TestTextOfSets {
  private @TempDir Path directory;
  private HttpServer server;
  private HotpodSource source;
  private volatile String text = "";

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/agent/v1/instances/i-1/pods", this::answer);
    server.start();
    source =
        new HotpodSource(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            new Identity("i-1", "credential", Optional.empty()),
            identity -> {});
  }

  @AfterEach
  void end() {
    source.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Hotpod-Instance", "i-1");
      exchange.getResponseHeaders().add("Hotpod-Pods", "0");
      byte[] body = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private DesiredPods set(String answer) throws InterruptedException {
    text = answer;
    return source.desired(Source.NO_VERSION).orElseThrow();
  }

  @Test
  void theTextOfTheLastSetIsGivenAwayOnce() throws InterruptedException {
    DesiredPods first = set("{\"version\":1, \"pods\":[], \"later\":true}");

    assertThat(source.json(first)).map(TestTextOfSets::string).contains(text);
    assertThat(source.json(first)).isEmpty();
  }

  @Test
  void theTextOfAnotherSetIsNotGiven() throws InterruptedException {
    DesiredPods first = set("{\"version\":1,\"pods\":[]}");
    set("{\"version\":2,\"pods\":[]}");

    assertThat(source.json(first)).isEmpty();
  }

  @Test
  void whatIsKeptInThatTextIsReadBack() throws InterruptedException, IOException {
    DesiredPods set = set("{\"version\":3, \"pods\":[], \"later\":true}");
    StateDirectory state = new StateDirectory(directory);

    state.saveDesired(source.json(set).orElseThrow());

    assertThat(new StateDirectory(directory).desired()).contains(new DesiredPods(3, List.of()));
  }

  private static String string(byte[] json) {
    return new String(json, UTF_8);
  }
}
