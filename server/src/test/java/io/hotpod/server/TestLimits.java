package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.server.access.Role;
import io.hotpod.server.http.RequestLimits;
import io.hotpod.server.stream.StreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that are slow, or ask too much; and what is written down of those that change things. */
final class TestLimits {
  @TempDir private Path directory;

  private static ServerLimits limits(RequestLimits requests) {
    return ServerFixture.LIMITS.withRequests(requests);
  }

  private ServerSettings settings(RequestLimits requests) {
    return ServerFixture.settings(
        limits(requests),
        new AuthenticationKind.Tokens(UsersFixture.write(directory).path(), directory));
  }

  private static HttpResponse<String> create(ServerFixture fixture, String name, Role role) {
    return fixture.send(
        fixture
            .request("POST", "/stacks", ServerFixture.createBody(name))
            .header("X-Auth-Token", UsersFixture.token(role))
            .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/1.1\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\n",
        "POST /v1/default/stacks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"
      })
  void aClientThatDoesNotComeToAnEndIsHungUpOn(String begun) throws IOException {
    RequestLimits hasty =
        new RequestLimits(
            Duration.ofMillis(300), Duration.ofMillis(300), 10, new RequestLimits.Rate(1, 10));
    try (ServerFixture fixture = new ServerFixture(limits(hasty));
        Socket socket =
            new Socket(fixture.server.uri().getHost(), fixture.server.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(begun.getBytes(US_ASCII));
      out.flush();

      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> isHungUpOn(socket));
      assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
    }
  }

  /** Keeps sending, byte by byte, so that the connection is never idle. */
  private static boolean isHungUpOn(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void aRequestInTimeIsNotDisturbedByItsDeadlines() {
    RequestLimits hasty =
        new RequestLimits(
            Duration.ofMillis(300), Duration.ofMillis(300), 10, new RequestLimits.Rate(1, 10));
    try (ServerFixture fixture = new ServerFixture(limits(hasty))) {
      for (int number = 0; number < 5; number++) {
        assertThat(
                fixture
                    .call("POST", "/stacks", ServerFixture.createBody("s" + number))
                    .statusCode())
            .isEqualTo(201);
        Awaitility.await().pollDelay(Duration.ofMillis(350)).until(() -> true);
      }
    }
  }

  @Test
  void whoChangesTooMuchHasToWaitAndNobodyElse() {
    RequestLimits few =
        new RequestLimits(
            Duration.ofSeconds(9), Duration.ofSeconds(9), 10, new RequestLimits.Rate(0.1, 3));
    try (ServerFixture fixture = new ServerFixture(settings(few))) {
      for (int number = 0; number < 3; number++) {
        assertThat(create(fixture, "s" + number, Role.MEMBER).statusCode()).isEqualTo(201);
      }

      HttpResponse<String> refused = create(fixture, "more", Role.MEMBER);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
      assertThat(json(refused).path("error").path("type").asString(""))
          .isEqualTo("TooManyRequests");
      assertThat(create(fixture, "others", Role.ADMIN).statusCode()).isEqualTo(201);
      assertThat(
              fixture
                  .send(
                      fixture
                          .request("GET", "/stacks")
                          .header("X-Auth-Token", UsersFixture.token(Role.MEMBER))
                          .build())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static CompletableFuture<HttpResponse<String>> waiting(
      ServerFixture fixture, String stack, Role role) {
    return fixture.client.sendAsync(
        fixture
            .request("GET", stack + "/events?wait=20&resource_name=nobody")
            .header("X-Auth-Token", UsersFixture.token(role))
            .build(),
        BodyHandlers.ofString());
  }

  private static int list(ServerFixture fixture, Role role) {
    return fixture
        .send(
            fixture
                .request("GET", "/stacks")
                .header("X-Auth-Token", UsersFixture.token(role))
                .build())
        .statusCode();
  }

  @Test
  void whoWaitsTooOftenIsRefusedAndNobodyElse() {
    RequestLimits four =
        new RequestLimits(
            Duration.ofSeconds(9), Duration.ofSeconds(9), 8, new RequestLimits.Rate(1, 10));
    try (ServerFixture fixture = new ServerFixture(settings(four))) {
      String stack = "/stacks/web/" + id(create(fixture, "web", Role.MEMBER));
      List<CompletableFuture<HttpResponse<String>>> open = new ArrayList<>();
      open.add(waiting(fixture, stack, Role.MEMBER));
      open.add(waiting(fixture, stack, Role.MEMBER));

      Awaitility.await().until(() -> list(fixture, Role.MEMBER) == 429);

      assertThat(list(fixture, Role.READER)).as("another caller").isEqualTo(200);
      open.add(waiting(fixture, stack, Role.READER));
      open.add(waiting(fixture, stack, Role.READER));
      Awaitility.await().until(() -> list(fixture, Role.ADMIN) == 429);
      assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
      assertThat(
              fixture
                  .send(
                      fixture
                          .request("GET", "//v1/foreign/stacks")
                          .header("X-Auth-Token", UsersFixture.FOREIGN)
                          .build())
                  .statusCode())
          .as("another project")
          .isEqualTo(200);
      assertThat(open).as("they wait").noneMatch(CompletableFuture::isDone);
    }
  }

  private static String id(HttpResponse<String> created) {
    return json(created).path("stack").path("id").asString("");
  }

  @Test
  void moreThanTheServerAnswersAtOnceAreRefusedUntilOneHasEnded() throws Exception {
    RequestLimits one =
        new RequestLimits(
            Duration.ofSeconds(9), Duration.ofSeconds(9), 1, new RequestLimits.Rate(1, 10));
    try (ServerFixture fixture = new ServerFixture(limits(one))) {
      String stack = fixture.createStack("web");
      CompletableFuture<HttpResponse<String>> first =
          fixture.client.sendAsync(
              fixture.request("GET", stack + "/events?wait=20&marker=none&limit=1").build(),
              BodyHandlers.ofString());
      assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      CompletableFuture<HttpResponse<String>> waiting =
          fixture.client.sendAsync(
              fixture.request("GET", stack + "/events?wait=20&resource_name=later").build(),
              BodyHandlers.ofString());

      Awaitility.await()
          .until(() -> fixture.call("GET", "/stacks").statusCode(), status -> status == 503);
      HttpResponse<String> refused = fixture.call("GET", "/stacks");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");

      waiting.cancel(true);
      fixture.engine.stacks.happen(
          stack.substring(stack.lastIndexOf('/') + 1),
          io.hotpod.engine.stack.Action.CHECK,
          io.hotpod.engine.stack.Status.COMPLETE);
    }
  }

  @Test
  void connectionsBeyondTheMostAreWaitedWith() throws IOException {
    ServerLimits usual = ServerFixture.LIMITS;
    ServerLimits few =
        new ServerLimits(
            usual.bodyBytes(),
            usual.reportBytes(),
            usual.headerBytes(),
            2,
            usual.longPolls(),
            usual.longestWait(),
            usual.idleConnection(),
            usual.logStreams(),
            usual.logStart(),
            usual.logIdle(),
            usual.requests(),
            usual.drain());
    try (ServerFixture fixture = new ServerFixture(few)) {
      try (Socket first = connected(fixture);
          Socket second = connected(fixture);
          Socket third = asking(fixture)) {
        third.setSoTimeout(300);
        assertThatThrownBy(() -> third.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        first.close();
        third.setSoTimeout(20_000);
        assertThat(third.getInputStream().read()).isEqualTo('H');
        assertThat(second.isConnected()).isTrue();
      }
    }
  }

  private static Socket asking(ServerFixture fixture) throws IOException {
    Socket socket = new Socket(fixture.server.uri().getHost(), fixture.server.uri().getPort());
    socket
        .getOutputStream()
        .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  /** One that was answered, and stays open. */
  private static Socket connected(ServerFixture fixture) throws IOException {
    Socket socket = asking(fixture);
    socket.setSoTimeout(20_000);
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  @Test
  void whoDoesNotReadItsAnswersIsHungUpOn() throws IOException {
    RequestLimits hasty =
        new RequestLimits(
            Duration.ofSeconds(9), Duration.ofMillis(300), 10, new RequestLimits.Rate(1, 10));
    try (ServerFixture fixture = new ServerFixture(limits(hasty));
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new InetSocketAddress(fixture.server.uri().getHost(), fixture.server.uri().getPort()));
      byte[] request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
      OutputStream out = socket.getOutputStream();
      for (int number = 0; number < 200; number++) {
        out.write(request);
      }
      out.flush();

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isBroken(out));
      assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
    }
  }

  private static boolean isBroken(OutputStream out) {
    try {
      out.write('x');
      return false;
    } catch (IOException broken) {
      return true;
    }
  }

  @Test
  void whoAsksForAllDetailsTooOftenHasToWait() {
    RequestLimits few =
        new RequestLimits(
            Duration.ofSeconds(9), Duration.ofSeconds(9), 10, new RequestLimits.Rate(0.1, 2));
    try (ServerFixture fixture = new ServerFixture(settings(few))) {
      String resources =
          "/stacks/web/" + id(create(fixture, "web", Role.MEMBER)) + "/resources?with_detail=true";
      for (String path : List.of("/stacks/detail", resources)) {
        assertThat(get(fixture, path)).as(path).isEqualTo(200);
      }

      assertThat(get(fixture, "/stacks/detail")).isEqualTo(429);
      assertThat(get(fixture, resources)).isEqualTo(429);
      assertThat(get(fixture, "/stacks")).isEqualTo(200);
      assertThat(create(fixture, "more", Role.READER).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void detailsAndChangesAreCountedByRatesOfTheirOwn() {
    RequestLimits limits =
        new RequestLimits(
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            10,
            new RequestLimits.Rate(0.1, 3),
            new RequestLimits.Rate(0.1, 1));
    try (ServerFixture fixture = new ServerFixture(settings(limits))) {
      for (int number = 0; number < 3; number++) {
        assertThat(create(fixture, "s" + number, Role.MEMBER).statusCode()).isEqualTo(201);
      }
      assertThat(create(fixture, "more", Role.MEMBER).statusCode()).isEqualTo(429);
      assertThat(get(fixture, "/stacks/detail")).isEqualTo(200);
      assertThat(get(fixture, "/stacks/detail")).isEqualTo(429);
    }
  }

  @Test
  void whoOpensTooManyStreamsIsRefusedUntilOneHasEnded() throws Exception {
    StreamLimits four =
        new StreamLimits(8, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(5));
    ServerSettings settings =
        settings(ServerFixture.REQUESTS).withApi(ApiSettings.DEFAULT.withStreams(four));
    try (ServerFixture fixture = new ServerFixture(settings)) {
      try (InputStream first = stream(fixture, Role.MEMBER).body();
          InputStream second = stream(fixture, Role.MEMBER).body()) {
        HttpResponse<InputStream> refused = stream(fixture, Role.MEMBER);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(new String(refused.body().readAllBytes(), US_ASCII))
            .contains("TooManyRequests", "member has 2 streams of events open");
        try (InputStream third = stream(fixture, Role.READER).body();
            InputStream fourth = stream(fixture, Role.READER).body()) {
          HttpResponse<InputStream> full = stream(fixture, Role.ADMIN);
          assertThat(full.statusCode()).isEqualTo(429);
          assertThat(new String(full.body().readAllBytes(), US_ASCII))
              .contains("The project default");
          assertThat(List.of(first, second, third, fourth))
              .allSatisfy(in -> assertThat(in.read()).isPositive());
        }
        assertThat(list(fixture, Role.MEMBER)).as("other requests").isEqualTo(200);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                HttpResponse<InputStream> again = stream(fixture, Role.MEMBER);
                again.body().close();
                return again.statusCode() == 200;
              });
    }
  }

  private static HttpResponse<InputStream> stream(ServerFixture fixture, Role role)
      throws IOException, InterruptedException {
    return fixture.client.send(
        fixture
            .request("GET", "/events/stream")
            .header("X-Auth-Token", UsersFixture.token(role))
            .build(),
        BodyHandlers.ofInputStream());
  }

  private static int get(ServerFixture fixture, String path) {
    return fixture
        .send(
            fixture
                .request("GET", path)
                .header("X-Auth-Token", UsersFixture.token(Role.READER))
                .build())
        .statusCode();
  }

  @Test
  void everyChangeIsWrittenDown() throws IOException {
    Path log = directory.resolve("audit.log");
    try (ServerFixture fixture =
        new ServerFixture(settings(ServerFixture.REQUESTS).withAudit(log))) {
      create(fixture, "web", Role.MEMBER);
      create(fixture, "no", Role.READER);
      create(fixture, "web", Role.MEMBER);
      fixture.call("POST", "/stacks?secret=hidden", ServerFixture.createBody("nobody"));
      fixture.call("GET", "/stacks");
      Path moved = Files.move(log, directory.resolve("audit.log.1"));
      create(fixture, "later", Role.ADMIN);

      List<String> lines = Files.readAllLines(moved);
      assertThat(lines.stream().map(TestLimits::summary))
          .containsExactly(
              "member default POST /v1/default/stacks 201 accepted",
              "reader default POST /v1/default/stacks 403 refused",
              "member default POST /v1/default/stacks 409 refused",
              " default POST /v1/default/stacks 401 refused");
      assertThat(String.join("\n", lines)).doesNotContain("hidden", "token-of");
      JsonNode first = JsonMapper.shared().readTree(lines.getFirst());
      assertThat(first.path("time").asString("")).isEqualTo(FakeStacks.EPOCH.toString());
      assertThat(first.path("address").asString("")).isEqualTo("127.0.0.1");
      assertThat(first.path("request_id").asString("")).startsWith("req-");
      assertThat(Files.readAllLines(log)).hasSize(1);
      assertThat(Files.getPosixFilePermissions(log))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void whatAnAgentChangesIsWrittenDownAndWhatItTellsIsNot() throws IOException {
    Path log = directory.resolve("audit.log");
    try (ServerFixture fixture =
        new ServerFixture(
            ServerFixture.settings(ServerFixture.LIMITS, new AuthenticationKind.None())
                .withAudit(log))) {
      ServerFixture.Agent agent = fixture.enrol("web-1");
      String own = "/agent/v1/instances/" + agent.id();
      fixture.send(fixture.agentRequest(agent, "PUT", "/report", "{}").build());
      fixture.send(fixture.agentRequest(agent, "POST", "/requests/r/output", "x").build());
      HttpResponse<String> renewed =
          fixture.send(fixture.agentRequest(agent, "POST", "/credential", "").build());
      ServerFixture.Agent later =
          new ServerFixture.Agent(agent.id(), json(renewed).path("credential").asString(""));
      fixture.send(fixture.agentRequest(later, "DELETE", "", "").build());

      assertThat(Files.readAllLines(log).stream().map(TestLimits::summary))
          .satisfiesExactly(
              line -> assertThat(line).contains("POST /v1/default/join_tokens 201 accepted"),
              line -> assertThat(line).contains("POST /agent/v1/enrol 200 accepted"),
              line -> assertThat(line).contains("POST " + own + "/credential"),
              line -> assertThat(line).contains("DELETE " + own + " 204 accepted"));
    }
  }

  private static String summary(String line) {
    JsonNode entry = JsonMapper.shared().readTree(line);
    return "%s %s %s %s %d %s"
        .formatted(
            entry.path("user").asString(""),
            entry.path("project").asString(""),
            entry.path("method").asString(""),
            entry.path("path").asString(""),
            entry.path("status").asInt(0),
            entry.path("outcome").asString(""));
  }
}
