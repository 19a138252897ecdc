package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static io.hotpod.server.TestFuzz.assertNotOurFault;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.pod.exec.ExecFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies that are bytes and not JSON, with headers that lie about them: what people say to
 * commands, what agents say of them, and what machines leave under signed URLs.
 */
final class TestFuzzBodies {
  private static final long SEED = 20261130;
  private static final int ROUNDS = 400;
  private static final String EXEC = "/v1/default/pods/pod-local-1/exec";
  private static final List<String> CHUNKS =
      List.of(
          "5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "zz\r\n", "-1\r\n", "ffffffffffffffff\r\nx\r\n");
  private static final List<String> TYPES =
      List.of("application/octet-stream", "application/json", "text/plain", "", "/", "a;b=\"");

  private final Random random = new Random(SEED);
  private final Mutations mutations = new Mutations(SEED);

  private byte[] frames() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = random.nextInt(4);
    for (int number = 0; number < count; number++) {
      all.writeBytes(frame());
    }
    byte[] bytes = all.toByteArray();
    int changes = random.nextInt(3);
    for (int change = 0; change < changes && bytes.length > 0; change++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return mutations.chance(20) && bytes.length > 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  private byte[] frame() {
    ExecFrame.Kind kind = mutations.one(List.of(ExecFrame.Kind.values()));
    byte[] payload = new byte[mutations.one(List.of(0, 1, 4, 5, 3000))];
    random.nextBytes(payload);
    return ExecFrame.of(kind, payload, 0, payload.length).encoded();
  }

  /** The lines that say what kind of body comes, and how long it is; not always the truth. */
  private String told(byte[] body) {
    String type = mutations.one(TYPES);
    int length = mutations.chance(90) ? body.length : Math.max(0, body.length - 1);
    return (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
        + (mutations.chance(95) ? "Content-Length: " + length + "\r\n" : "");
  }

  private HttpResponse<String> send(URI server, String method, String path, String headers) {
    boolean chunked = mutations.chance(15);
    byte[] body = chunked ? mutations.one(CHUNKS).getBytes(UTF_8) : frames();
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s%s%s"
            .formatted(
                method,
                path,
                server.getAuthority(),
                headers,
                mutations.headers(),
                chunked ? "Transfer-Encoding: chunked\r\n" : told(body));
    return RawHttp.send(server, head, body);
  }

  @Test
  void whatIsSaidToACommandIsTakenOrRefused() throws Exception {
    try (ServerFixture fixture = new ServerFixture()) {
      ServerFixture.Agent agent = fixture.enrol("local-1");
      CompletableFuture<HttpResponse<InputStream>> asked =
          fixture.client.sendAsync(
              fixture
                  .request(
                      "POST", "/pods/pod-local-1/exec", "{\"command\": [\"sh\"], \"input\": true}")
                  .build(),
              BodyHandlers.ofInputStream());
      String request = fetched(fixture, agent);
      Thread.ofVirtual().start(() -> read(fixture, agent, request));
      try (KeptOutput output = new KeptOutput(fixture, agent, request)) {
        output.begin();
        String session =
            asked.get(10, TimeUnit.SECONDS).headers().firstValue("Hotpod-Session").orElseThrow();
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
          String id = mutations.chance(90) ? session : mutations.segment("nobody");
          HttpResponse<String> answer =
              send(fixture.server.uri(), "POST", EXEC + "/" + id + "/input", "");
          assertNotOurFault(answer, "round " + round);
          taken += answer.statusCode() == 204 ? 1 : 0;
        }
        assertThat(taken).as("some are right").isBetween(5, ROUNDS - 5);
      }
    }
  }

  private static String fetched(ServerFixture fixture, ServerFixture.Agent agent) {
    HttpResponse<String> requests =
        fixture.send(fixture.agentRequest(agent, "GET", "/requests?wait=10", "").build());
    return json(requests).get(0).path("id").stringValue();
  }

  /** Takes all that is said, so that nobody waits for room. */
  private static void read(ServerFixture fixture, ServerFixture.Agent agent, String request) {
    try (InputStream in =
        fixture
            .client
            .send(
                fixture.agentRequest(agent, "GET", "/requests/" + request + "/input", "").build(),
                BodyHandlers.ofInputStream())
            .body()) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException over) {
      // The server was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAnAgentSaysIsTakenOrRefused() throws Exception {
    try (ServerFixture fixture = new ServerFixture()) {
      ServerFixture.Agent agent = fixture.enrol("local-1");
      String own = "/agent/v1/instances/" + agent.id();
      String credential = "Authorization: Bearer " + agent.credential() + "\r\n";
      for (int round = 0; round < ROUNDS / 4; round++) {
        CompletableFuture<HttpResponse<String>> asked =
            fixture.client.sendAsync(
                fixture
                    .request("POST", "/pods/pod-local-1/exec", "{\"command\": [\"sh\"]}")
                    .build(),
                BodyHandlers.ofString());
        String request = fetched(fixture, agent);
        String error = mutations.chance(10) ? "X-Hotpod-Error: %s\u00e9\r\n" : "";
        assertNotOurFault(
            send(
                fixture.server.uri(),
                "POST",
                own + "/requests/" + request + "/output",
                credential + error),
            "output " + round);
        assertNotOurFault(
            send(fixture.server.uri(), "PUT", own + "/report", credential), "report " + round);
        // Whatever the agent said, nobody waits for it any longer than it takes to say so.
        asked.handle((answer, broken) -> answer).get(20, TimeUnit.SECONDS);
      }
      assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatAMachineLeavesUnderASignedUrlIsTakenOrRefused(@TempDir Path directory) {
    try (Engine engine =
            Engines.open(
                new EngineSettings(
                    directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()));
        HotpodServer server =
            HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine)) {
      List<URI> places = List.of(place(server, "TEMP_URL_SIGNAL"), place(server, "CFN_SIGNAL"));
      for (int round = 0; round < ROUNDS; round++) {
        URI place = mutations.one(places);
        String query = place.getRawQuery();
        String path =
            place.getRawPath() + "?" + (mutations.chance(90) ? query : query + mutations.query());
        String method = mutations.one(List.of("PUT", "POST", "GET", "HEAD"));
        assertNotOurFault(
            send(server.uri(), method, path, ""), method + " " + path + " in round " + round);
      }
    }
  }

  private static URI place(HotpodServer server, String transport) {
    String name = transport.toLowerCase(java.util.Locale.ROOT);
    String template =
        """
        heat_template_version: 2018-08-31
        resources:
          handle: {type: OS::Heat::WaitConditionHandle, properties: {signal_transport: %s}}
        outputs:
          signal: {value: {get_attr: [handle, signal]}}
        """
            .formatted(transport);
    JsonMapper mapper = JsonMapper.shared();
    String body =
        mapper.writeValueAsString(
            mapper.createObjectNode().put("stack_name", name).put("template", template));
    HttpResponse<String> created =
        RawHttp.send(
            server.uri(),
            "POST /v1/default/stacks HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                .formatted(body.length()),
            body);
    String id = mapper.readTree(created.body()).path("stack").path("id").stringValue();
    String output = "GET /v1/default/stacks/%s/%s/outputs/signal HTTP/1.1\r\n".formatted(name, id);
    String[] url = {""};
    await()
        .until(
            () -> {
              JsonNode value =
                  mapper
                      .readTree(RawHttp.send(server.uri(), output, "").body())
                      .at("/output/output_value");
              JsonNode told = value.isString() ? mapper.readTree(value.stringValue()) : value;
              url[0] = told.path("alarm_url").asString("");
              return !url[0].isEmpty();
            });
    return URI.create(url[0]);
  }

  /** An agent's answer that has begun and goes on. */
  private static final class KeptOutput implements AutoCloseable {
    private final java.net.Socket socket;

    KeptOutput(ServerFixture fixture, ServerFixture.Agent agent, String request) {
      URI uri = fixture.server.uri();
      try {
        socket = new java.net.Socket(uri.getHost(), uri.getPort());
        socket
            .getOutputStream()
            .write(
                """
                POST /agent/v1/instances/%s/requests/%s/output HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Transfer-Encoding: chunked\r
                \r
                """
                    .formatted(agent.id(), request, uri.getAuthority(), agent.credential())
                    .getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void begin() throws IOException {
      byte[] frame = ExecFrame.of(ExecFrame.Kind.STARTED).encoded();
      socket.getOutputStream().write("%x\r\n".formatted(frame.length).getBytes(UTF_8));
      socket.getOutputStream().write(frame);
      socket.getOutputStream().write("\r\n".getBytes(UTF_8));
      socket.getOutputStream().flush();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
