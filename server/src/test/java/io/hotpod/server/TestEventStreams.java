package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.stream.StreamLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events by server-sent events, from a real engine. */
final class TestEventStreams {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final StreamLimits LIMITS =
      new StreamLimits(20, Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMinutes(5));

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Engine engine;
  private HotpodServer server;

  @BeforeEach
  void start() {
    engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    serve(LIMITS);
  }

  private void serve(StreamLimits limits) {
    server =
        HotpodServer.start(
            ServerSettings.withoutAuthentication("127.0.0.1", 0)
                .withApi(ApiSettings.DEFAULT.withStreams(limits)),
            engine);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
    engine.close();
  }

  /** One message of a stream. */
  private record Message(String id, String event, String data) {
    JsonNode json() {
      return MAPPER.readTree(data);
    }

    String words() {
      return json().path("resource_name").asString("")
          + " "
          + json().path("resource_status").asString("");
    }
  }

  /** An open stream. */
  private record Reader(BufferedReader lines, int status) implements AutoCloseable {
    /** The next message; a heartbeat has no event. */
    Message next() throws IOException {
      String id = "";
      String event = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          return new Message(id, event, data);
        }
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      return new Message(id, "end", data);
    }

    Message nextEvent() throws IOException {
      Message message = next();
      while (message.event().isEmpty()) {
        message = next();
      }
      return message;
    }

    List<Message> until(String words) throws IOException {
      List<Message> all = new ArrayList<>();
      do {
        all.add(nextEvent());
        assertThat(all.getLast().event()).isNotEqualTo("end");
      } while (!all.getLast().words().equals(words));
      return all;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private URI uri(String path) {
    return URI.create(server.uri() + "/v1/default" + path);
  }

  private Reader open(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    if (headers.length > 0) {
      builder.headers(headers);
    }
    HttpResponse<InputStream> response = client.send(builder.build(), BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo(response.statusCode() == 200 ? "text/event-stream" : "application/json");
    return new Reader(
        new BufferedReader(new InputStreamReader(response.body(), UTF_8)), response.statusCode());
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    return response.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(response.body());
  }

  private String create(String name, int resources) throws IOException, InterruptedException {
    StringBuilder template = new StringBuilder("heat_template_version: 2018-08-31\\nresources:\\n");
    for (int index = 0; index < resources; index++) {
      template.append("  r").append(index).append(": {type: OS::Heat::None}\\n");
    }
    return call(
            "POST",
            "/stacks",
            "{\"stack_name\": \"%s\", \"template\": \"%s\"}".formatted(name, template))
        .path("stack")
        .path("id")
        .asString("");
  }

  @Test
  void eventsComeAsTheyHappenAndAResumedStreamGoesOn() throws Exception {
    String known;
    List<Message> first;
    try (Reader stream = open("/events/stream")) {
      assertThat(stream.nextEvent().event()).isEqualTo("ready");
      create("one", 1);
      first = stream.until("one CREATE_COMPLETE");
    }
    assertThat(first)
        .extracting(Message::words)
        .containsExactly(
            "one CREATE_IN_PROGRESS",
            "r0 CREATE_IN_PROGRESS",
            "r0 CREATE_COMPLETE",
            "one CREATE_COMPLETE");
    assertThat(first).extracting(Message::event).contains("stack", "resource");
    assertThat(first.getFirst().json().path("id").asString("")).isEqualTo(first.getFirst().id());
    assertThat(first.getFirst().json().path("stack_name").asString("")).isEqualTo("one");
    known = first.get(1).id();

    try (Reader stream = open("/events/stream", "Last-Event-ID", known)) {
      Message ready = stream.nextEvent();
      assertThat(ready.id()).isEqualTo(known);
      assertThat(stream.until("one CREATE_COMPLETE"))
          .containsExactlyElementsOf(first.subList(2, 4));
    }
    try (Reader stream = open("/events/stream?after=" + known)) {
      stream.nextEvent();
      assertThat(stream.nextEvent()).isEqualTo(first.get(2));
    }
  }

  @Test
  void aStackIsFollowedByNameAndASilentStreamLives() throws Exception {
    String id = create("one", 1);
    try (Reader stream = open("/stacks/one/" + id + "/events/stream?nested_depth=2")) {
      assertThat(stream.nextEvent().event()).isEqualTo("ready");
      Message message = stream.next();
      while (!message.event().isEmpty()) {
        message = stream.next();
      }
      assertThat(message).isEqualTo(new Message("", "", ""));
    }
    HttpResponse<String> redirect =
        client.send(
            HttpRequest.newBuilder(uri("/stacks/one/events/stream")).build(),
            BodyHandlers.ofString());
    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(redirect.headers().firstValue("Location").orElse(""))
        .isEqualTo(uri("/stacks/one/" + id + "/events/stream").toString());
  }

  @Test
  void anUnknownPlaceAndOneStreamTooManyAreRefused() throws Exception {
    try (Reader unknown = open("/events/stream", "Last-Event-ID", "nobody")) {
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.lines().readLine()).contains("EntityNotFound", "connect without it");
    }
    server.close();
    serve(new StreamLimits(2, LIMITS.heartbeat(), LIMITS.write(), LIMITS.longest()));
    try (Reader first = open("/events/stream");
        Reader second = open("/events/stream")) {
      first.nextEvent();
      second.nextEvent();
      try (Reader third = open("/events/stream")) {
        assertThat(third.status()).isEqualTo(503);
        assertThat(third.lines().readLine()).contains("TooManyStreams");
      }
    }
    // Those that left are noticed at the next heartbeat.
    await().atMost(PATIENCE).until(() -> status("/events/stream") == 200);
  }

  private int status(String path) throws IOException, InterruptedException {
    try (Reader reader = open(path)) {
      return reader.status();
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCutOffAndMayComeBack() throws Exception {
    String id = create("first", 1);
    for (int index = 0; index < 3; index++) {
      create("wide" + index, 2500);
    }
    String begin;
    try (Reader stream = open("/stacks/first/" + id + "/events/stream?after=" + oldest(id))) {
      begin = stream.nextEvent().id();
    }
    try (Reader all = open("/events/stream?after=" + begin)) {
      all.until("wide2 CREATE_COMPLETE");
    }
    server.close();
    serve(new StreamLimits(1, LIMITS.heartbeat(), LIMITS.write(), LIMITS.longest()));
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(2048);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.uri().getPort()));
      slow.getOutputStream()
          .write(
              "GET /v1/default/events/stream?after=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(begin)
                  .getBytes(UTF_8));
      assertThat(new String(slow.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");

      // The one place is taken until the slow one has been cut off.
      String from = begin;
      await().atMost(PATIENCE).until(() -> readsAll(from));
    }
  }

  private boolean readsAll(String begin) throws IOException, InterruptedException {
    try (Reader again = open("/events/stream?after=" + begin)) {
      return again.status() == 200 && again.until("wide2 CREATE_COMPLETE").size() > 15_000;
    }
  }

  private String oldest(String id) throws IOException, InterruptedException {
    HttpResponse<String> events =
        client.send(
            HttpRequest.newBuilder(uri("/stacks/first/" + id + "/events?sort_dir=asc&limit=1"))
                .build(),
            BodyHandlers.ofString());
    return MAPPER.readTree(events.body()).path("events").path(0).path("id").asString("");
  }

  @Test
  void aStreamEndsWithItsTimeAndWithTheServer() throws Exception {
    try (Reader stream = open("/events/stream")) {
      stream.nextEvent();
      server.close();
      assertThat(stream.nextEvent().event()).isEqualTo("end");
    }
    serve(
        new StreamLimits(
            2, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(200)));
    try (Reader stream = open("/events/stream")) {
      assertThat(stream.nextEvent().event()).isEqualTo("ready");
      assertThat(stream.nextEvent().event()).isEqualTo("end");
    }
  }
}
