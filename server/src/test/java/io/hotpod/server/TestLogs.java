package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TestLogs {
  private final ServerFixture fixture = new ServerFixture();
  private final ServerFixture.Agent agent = fixture.enrol("local-1");

  @AfterEach
  void close() {
    fixture.close();
  }

  private CompletableFuture<HttpResponse<InputStream>> ask(String query) {
    return fixture.client.sendAsync(
        fixture.request("GET", "/pods/pod-local-1/logs" + query).build(),
        BodyHandlers.ofInputStream());
  }

  /** What the agent fetches. */
  private JsonNode fetch() {
    HttpResponse<String> response =
        fixture.send(fixture.agentRequest(agent, "GET", "/requests?wait=10", "").build());
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).get(0);
  }

  private CompletableFuture<HttpResponse<String>> answer(JsonNode request, InputStream output) {
    return fixture.client.sendAsync(
        fixture
            .agentRequest(
                agent, "POST", "/requests/" + request.path("id").stringValue() + "/output", "")
            .POST(BodyPublishers.fromPublisher(pieces(output)))
            .timeout(Duration.ofSeconds(25))
            .build(),
        BodyHandlers.ofString());
  }

  /** Hands over each piece as it comes; the client's own publisher of streams reads ahead. */
  private static Flow.Publisher<ByteBuffer> pieces(InputStream output) {
    SubmissionPublisher<ByteBuffer> pieces =
        new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), 2);
    return subscriber -> {
      pieces.subscribe(subscriber);
      Thread.ofVirtual().start(() -> copy(output, pieces));
    };
  }

  private static void copy(InputStream output, SubmissionPublisher<ByteBuffer> pieces) {
    byte[] buffer = new byte[4096];
    try {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        if (pieces.getNumberOfSubscribers() == 0) {
          return;
        }
        pieces.submit(ByteBuffer.wrap(Arrays.copyOf(buffer, count)));
      }
      pieces.close();
    } catch (IOException e) {
      pieces.closeExceptionally(e);
    }
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    return new String(response.body().readAllBytes(), UTF_8);
  }

  @Test
  void aLogIsFetchedFromTheAgent() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?tail=5&container=page");

    JsonNode request = fetch();
    assertThat(request.path("kind").stringValue()).isEqualTo("logs");
    assertThat(request.path("pod_id").stringValue()).isEqualTo("pod-local-1");
    assertThat(request.path("container").stringValue()).isEqualTo("page");
    assertThat(request.path("tail").intValue()).isEqualTo(5);
    assertThat(request.path("follow").booleanValue()).isFalse();
    String output = "a line\n".repeat(100_000);
    CompletableFuture<HttpResponse<String>> sent =
        answer(request, new java.io.ByteArrayInputStream(output.getBytes(UTF_8)));

    HttpResponse<InputStream> response = logs.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(text(response)).isEqualTo(output);
    assertThat(sent.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
  }

  @Test
  void suspendedPodHasNone() {
    fixture.engine.instances.desire(
        agent.id(),
        new DesiredPods(
            2,
            List.of(
                PodJson.read(
                    FakeInstances.POD
                        .formatted("pod-local-1")
                        .replace("\"run\": true", "\"run\": false"),
                    DesiredPod.class))));

    HttpResponse<String> refused = fixture.call("GET", "/pods/pod-local-1/logs", "");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("error").path("message").stringValue())
        .startsWith("Pod web/deployment is suspended, so it has no logs;");
  }

  @Test
  void allLinesAreAskedForWithoutATail() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("");
    JsonNode request = fetch();

    assertThat(request.has("tail")).isFalse();
    assertThat(request.path("container").stringValue()).isEqualTo("page");
    HttpResponse<String> sent =
        fixture.send(
            fixture
                .agentRequest(
                    agent, "POST", "/requests/" + request.path("id").stringValue() + "/output", "")
                .build());
    assertThat(sent.statusCode()).isEqualTo(204);
    assertThat(text(logs.get(10, TimeUnit.SECONDS))).isEmpty();
  }

  @Test
  void aFollowedLogComesPieceByPiece() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?follow=true");
    PipedOutputStream container = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> sent = answer(fetch(), new PipedInputStream(container));

    container.write("zero\n".getBytes(UTF_8));
    container.flush();
    InputStream log = logs.get(10, TimeUnit.SECONDS).body();
    assertThat(log.readNBytes(5)).hasSize(5);
    for (String line : new String[] {"one\n", "two\n"}) {
      container.write(line.getBytes(UTF_8));
      container.flush();
      assertThat(new String(log.readNBytes(line.length()), UTF_8)).isEqualTo(line);
    }
    container.close();
    assertThat(log.readAllBytes()).isEmpty();
    assertThat(sent.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
  }

  @Test
  void whatTheAgentCannotDoIsTold() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?follow=true");
    JsonNode request = fetch();
    fixture.send(
        fixture
            .agentRequest(
                agent, "POST", "/requests/" + request.path("id").stringValue() + "/output", "")
            .header("X-Hotpod-Error", "the container was never started")
            .build());

    HttpResponse<InputStream> response = logs.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(text(response))
        .contains("Instance local-1 cannot read the log: the container was never started");
  }

  @Test
  void aReaderThatLeavesEndsTheAgentsStream() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?follow=true");
    AtomicLong taken = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            taken.incrementAndGet();
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            taken.addAndGet(length);
            return length;
          }
        };
    CompletableFuture<HttpResponse<String>> sent = answer(fetch(), endless);
    InputStream log = logs.get(10, TimeUnit.SECONDS).body();
    assertThat(log.readNBytes(1000)).hasSize(1000);

    log.close();

    await().atMost(Duration.ofSeconds(20)).until(() -> sent.isDone());
    assertThat(taken.get()).isGreaterThan(1000);
  }

  @Test
  void aSlowReaderSlowsTheAgentDown() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?follow=true");
    PipedOutputStream container = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> sent = answer(fetch(), new PipedInputStream(container));
    AtomicLong written = new AtomicLong();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  byte[] piece = new byte[64 * 1024];
                  try {
                    while (written.addAndGet(piece.length) < 1L << 30) {
                      container.write(piece);
                    }
                  } catch (IOException over) {
                    written.addAndGet(0);
                  }
                });

    HttpResponse<InputStream> response = logs.get(10, TimeUnit.SECONDS);
    // Once every buffer on the way is full, nothing moves any more.
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(20))
        .until(() -> last.getAndSet(written.get()) == written.get());
    assertThat(written.get()).isLessThan(100L << 20);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(sent).isNotDone();
    response.body().close();
    writer.interrupt();
  }

  @Test
  void onlyTheInstanceThatWasAskedMayAnswerAndOnlyOnce() throws Exception {
    ServerFixture.Agent other = fixture.enrol("other");
    CompletableFuture<HttpResponse<InputStream>> logs = ask("");
    JsonNode request = fetch();
    String path = "/requests/" + request.path("id").stringValue() + "/output";

    assertThat(fixture.send(fixture.agentRequest(other, "POST", path, "forged").build()))
        .satisfies(response -> assertThat(response.statusCode()).isEqualTo(404));
    assertThat(fixture.send(fixture.agentRequest(agent, "POST", path, "true").build()))
        .satisfies(response -> assertThat(response.statusCode()).isEqualTo(204));
    assertThat(text(logs.get(10, TimeUnit.SECONDS))).isEqualTo("true");
    assertThat(fixture.send(fixture.agentRequest(agent, "POST", path, "again").build()))
        .satisfies(response -> assertThat(response.statusCode()).isEqualTo(404));
  }

  @Test
  void aSilentInstanceIsSaidAtOnce() throws Exception {
    fixture.engine.instances.disconnect(agent.id());

    HttpResponse<InputStream> response = ask("").get(3, TimeUnit.SECONDS);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response)).contains("InstanceUnreachable");
  }

  @Test
  void anInstanceThatDoesNotAnswerIsSaidAfterAWhile() throws Exception {
    HttpResponse<InputStream> response = ask("").get(15, TimeUnit.SECONDS);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response)).contains("did not answer within 5 seconds");
  }

  @Test
  void anUnknownContainerIsRefusedWithThoseThatThereAre() throws Exception {
    HttpResponse<InputStream> response = ask("?container=nope").get(10, TimeUnit.SECONDS);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).contains("The pod has no container nope; it has: page.");
  }

  @Test
  void aLogThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> logs = ask("?follow=true");
    PipedOutputStream container = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> sent = answer(fetch(), new PipedInputStream(container));
    container.write("half".getBytes(UTF_8));
    container.flush();
    InputStream log = logs.get(10, TimeUnit.SECONDS).body();
    assertThat(log.readNBytes(4)).hasSize(4);

    sent.cancel(true);

    assertThatThrownBy(log::readAllBytes).isInstanceOf(IOException.class);
  }

  @Test
  void onlySoManyLogsAreReadAtOnce() throws Exception {
    for (int open = 0; open < ServerFixture.LIMITS.logStreams(); open++) {
      CompletableFuture<HttpResponse<InputStream>> opened = ask("?follow=true");
      assertThat(opened).isNotDone();
      fetch();
    }

    HttpResponse<InputStream> response = ask("?follow=true").get(10, TimeUnit.SECONDS);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response)).contains("TooManyLogs");
  }
}
