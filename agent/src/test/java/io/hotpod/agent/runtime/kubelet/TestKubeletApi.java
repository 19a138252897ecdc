package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kubelets that take their time, go away and come back as others. */
final class TestKubeletApi {
  private static final Duration DEADLINE = Duration.ofMillis(300);

  private final CountDownLatch line = new CountDownLatch(1);
  private volatile String version = "v1.30.1";
  private volatile boolean away;
  private HttpServer server;
  private KubeletSettings settings;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/containerLogs/", this::log);
    server.createContext("/pods", exchange -> answer(exchange, "{\"kind\":\"PodList\"}"));
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, "kubernetes_build_info{git_version=\"" + version + "\"} 1"));
    server.start();
    settings =
        new KubeletSettings(
            Path.of("/nonexistent"),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            new KubeletCredentials.Anonymous(),
            new KubeletTrust.Nothing(),
            KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY);
  }

  @AfterEach
  void end() {
    line.countDown();
    server.stop(0);
  }

  /** The head of the answer comes with the first line. */
  private void log(HttpExchange exchange) throws IOException {
    try {
      line.await();
    } catch (InterruptedException e) {
      return;
    }
    answer(exchange, "at last\n");
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void containerThatSaysNothingIsFollowedForLongerThanADeadline() throws Exception {
    try (KubeletApi api = new KubeletApi(settings, DEADLINE)) {
      ByteArrayOutputStream followed = new ByteArrayOutputStream();
      Thread follower =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      api.logs("default/web/main", Optional.empty(), true, followed);
                    } catch (IOException | InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  });
      // One that is not followed has to answer, and when it is given up the other has waited
      // longer.
      assertThatThrownBy(() -> api.logs("default/web/main", Optional.empty(), false, followed))
          .hasMessageContaining("does not answer");

      line.countDown();
      follower.join();
      assertThat(followed.toString(UTF_8)).isEqualTo("at last\n");
    }
  }

  @Test
  void kubeletThatComesBackAsAnotherReleaseIsSaidToBeThat() {
    KubeletTimings timings =
        KubeletTimings.of(KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY).scaled(0.05);
    try (KubeletWatch watch =
        new KubeletWatch(new KubeletApi(settings, DEADLINE), timings, view -> {}, () -> {})) {
      watch.start();
      await().until(() -> watch.version().equals("1.30.1"));

      away = true;
      await().until(() -> !watch.problem().isEmpty());
      version = "v1.31.13";
      away = false;

      await().until(() -> watch.version().equals("1.31.13"));
    }
  }
}
