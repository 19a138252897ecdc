package io.hotpod.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class TestShutdown {
  @Test
  void whatWaitsIsAnsweredAndTheServerStopsSoon() throws Exception {
    ServerFixture fixture = new ServerFixture();
    ServerFixture.Agent agent = fixture.enrol("waiting");
    CompletableFuture<HttpResponse<String>> pods =
        fixture.client.sendAsync(
            fixture
                .agentRequest(agent, "GET", "/pods", "")
                .header("If-None-Match", "\"1\"")
                .header("Prefer", "wait=20")
                .build(),
            BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> requests =
        fixture.client.sendAsync(
            fixture.agentRequest(agent, "GET", "/requests?wait=20", "").build(),
            BodyHandlers.ofString());
    Awaitility.await()
        .pollDelay(Duration.ofMillis(300))
        .until(() -> !pods.isDone() && !requests.isDone());

    long before = System.nanoTime();
    fixture.server.close();
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertThat(pods.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(304);
    assertThat(requests.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    fixture.close();
  }

  @Test
  void onlySoManyMayWait() {
    ServerLimits limits =
        new ServerLimits(
            1024,
            1024,
            8192,
            100,
            0,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            ServerFixture.REQUESTS,
            Duration.ofSeconds(1));
    try (ServerFixture fixture = new ServerFixture(limits)) {
      ServerFixture.Agent agent = fixture.enrol("one");

      HttpResponse<String> response =
          fixture.send(fixture.agentRequest(agent, "GET", "/requests?wait=5", "").build());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(
              fixture
                  .send(fixture.agentRequest(agent, "GET", "/requests", "").build())
                  .statusCode())
          .isEqualTo(204);
    }
  }
}
