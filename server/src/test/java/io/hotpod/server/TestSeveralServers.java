package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.servers.PeerAddress;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import io.hotpod.server.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person at one server, and the agent at another. */
final class TestSeveralServers {
  private static final String LOGS = "/pods/pod-local-1/logs";
  private static final String EXEC = "/pods/pod-local-1/exec";

  @TempDir private Path directory;
  private final FakePeers.Network network = new FakePeers.Network();
  private final FakeInstances instances = new FakeInstances();
  private final List<ServerFixture> open = new ArrayList<>();
  private final ServerFixture agents = start("agents", settings());
  private final ServerFixture home = start("home", settings());
  private final ServerFixture third = start("third", settings());
  private final ServerFixture.Agent agent = agents.enrol("local-1");

  private static ServerSettings settings() {
    return ServerFixture.settings(ServerFixture.LIMITS, new AuthenticationKind.None());
  }

  private ServerFixture start(String id, ServerSettings settings) {
    ServerFixture fixture =
        new ServerFixture(settings, new FakeEngine(instances, new FakePeers(id, network)));
    open.add(fixture);
    return fixture;
  }

  @AfterEach
  void close() {
    open.forEach(ServerFixture::close);
  }

  private CompletableFuture<HttpResponse<InputStream>> ask(
      String method, String path, String body) {
    return home.client.sendAsync(
        home.request(method, path, body).build(), BodyHandlers.ofInputStream());
  }

  private CompletableFuture<HttpResponse<String>> poll(ServerFixture server) {
    return server.client.sendAsync(
        server.agentRequest(agent, "GET", "/requests?wait=15", "").build(),
        BodyHandlers.ofString());
  }

  /** The id of what the agent is asked for. */
  private static String asked(CompletableFuture<HttpResponse<String>> poll) throws Exception {
    HttpResponse<String> response = poll.get(20, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode requests = json(response);
    assertThat(requests).hasSize(1);
    return requests.get(0).path("id").stringValue();
  }

  /** What an agent writes, through some server. */
  private final class Answer implements AutoCloseable {
    private final SubmissionPublisher<ByteBuffer> pieces =
        new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), 16);
    private final CompletableFuture<HttpResponse<String>> sent;

    Answer(ServerFixture server, String request) {
      sent =
          server.client.sendAsync(
              server
                  .agentRequest(agent, "POST", "/requests/" + request + "/output", "")
                  .POST(BodyPublishers.fromPublisher(pieces))
                  .build(),
              BodyHandlers.ofString());
      // What is told before the client takes it up is lost.
      await().until(pieces::hasSubscribers);
    }

    void tell(byte[] bytes) {
      pieces.submit(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() {
      pieces.close();
    }
  }

  private static String read(InputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), UTF_8);
  }

  private static byte[] frame(ExecFrame.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ExecFrame.of(kind, bytes, 0, bytes.length).encoded();
  }

  private static HttpResponse<String> say(ServerFixture server, String session, String text) {
    return server.send(
        server
            .request("POST", EXEC + "/" + session + "/input")
            .POST(BodyPublishers.ofByteArray(frame(ExecFrame.Kind.INPUT, text)))
            .build());
  }

  private static String refusal(CompletableFuture<HttpResponse<InputStream>> asked)
      throws Exception {
    HttpResponse<InputStream> response = asked.get(20, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(503);
    return new String(response.body().readAllBytes(), UTF_8);
  }

  @Test
  void aLogComesFromAnAgentThatWaitsAtAnotherServer() throws Exception {
    CompletableFuture<HttpResponse<String>> poll = poll(agents);
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS, "");
    String text = "a line\n".repeat(100_000);

    try (Answer answer = new Answer(third, asked(poll))) {
      answer.tell(text.getBytes(UTF_8));
      answer.close();

      HttpResponse<InputStream> response = log.get(20, TimeUnit.SECONDS);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo(text);
      assertThat(answer.sent.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aWordBetweenServersThatIsLostIsSaidAgain() throws Exception {
    network.toLose.set(1);
    CompletableFuture<HttpResponse<String>> poll = poll(agents);
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS, "");

    try (Answer answer = new Answer(home, asked(poll))) {
      answer.close();
      assertThat(log.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(network.toLose).hasValue(0);
  }

  @Test
  void aLogIsFollowedLineByLineUntilThePersonLeaves() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS + "?follow=true", "");
    // The agent asks after the person did.
    try (Answer answer = new Answer(agents, asked(poll(agents)))) {
      answer.tell("one".getBytes(UTF_8));
      InputStream lines = log.get(20, TimeUnit.SECONDS).body();
      assertThat(read(lines, 3)).isEqualTo("one");
      answer.tell("two".getBytes(UTF_8));
      assertThat(read(lines, 3)).isEqualTo("two");

      lines.close();

      await()
          .until(
              () -> {
                answer.pieces.offer(ByteBuffer.wrap(new byte[1]), (subscriber, piece) -> false);
                return answer.sent.isDone() || !answer.pieces.hasSubscribers();
              });
    }
  }

  @Test
  void aCommandIsTalkedWithThroughAllOfThem() throws Exception {
    CompletableFuture<HttpResponse<String>> poll = poll(agents);
    CompletableFuture<HttpResponse<InputStream>> command =
        ask("POST", EXEC, "{\"command\":[\"cat\"],\"input\":true}");
    String request = asked(poll);
    InputStream input =
        third
            .client
            .send(
                third.agentRequest(agent, "GET", "/requests/" + request + "/input", "").build(),
                BodyHandlers.ofInputStream())
            .body();
    try (Answer answer = new Answer(agents, request)) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED).encoded());
      HttpResponse<InputStream> response = command.get(20, TimeUnit.SECONDS);
      String session = response.headers().firstValue("Hotpod-Session").orElseThrow();

      assertThat(say(third, session, "hello").statusCode()).isEqualTo(204);
      assertThat(say(home, session, ", you").statusCode()).isEqualTo(204);
      assertThat(texts(input, 2)).containsExactly("hello", ", you");
      assertThat(
              third
                  .send(
                      third
                          .request(
                              "POST", EXEC.replace("local-1", "other") + "/" + session + "/input")
                          .POST(BodyPublishers.ofByteArray(frame(ExecFrame.Kind.INPUT, "x")))
                          .build())
                  .statusCode())
          .as("of another pod")
          .isEqualTo(404);

      answer.tell(frame(ExecFrame.Kind.OUTPUT, "bye"));
      answer.tell(ExecFrame.exit(3).encoded());
      answer.close();
      byte[] bytes = response.body().readAllBytes();
      List<ExecFrame> frames = new ExecFrames().add(bytes, 0, bytes.length);
      assertThat(frames.getLast().exitCode()).isEqualTo(3);
      assertThat(texts(input, 1)).as("the person is gone").isEmpty();
      assertThat(say(third, session, "late").statusCode()).isEqualTo(404);
    }
  }

  /** The next texts that a person said; fewer where it ends. */
  private static List<String> texts(InputStream input, int count) throws IOException {
    List<String> texts = new ArrayList<>();
    ExecFrames frames = new ExecFrames();
    byte[] buffer = new byte[1];
    while (texts.size() < count && input.read(buffer) > 0) {
      frames.add(buffer, 0, 1).stream()
          .filter(frame -> frame.kind() == ExecFrame.Kind.INPUT)
          .forEach(frame -> texts.add(frame.text()));
    }
    return texts;
  }

  @Test
  void whatTheInstanceCannotDoIsTold() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> command =
        ask("POST", EXEC, "{\"command\":[\"ls\"]}");
    String request = asked(poll(agents));

    HttpResponse<String> told =
        agents.send(
            agents
                .agentRequest(agent, "POST", "/requests/" + request + "/output", "")
                .header("X-Hotpod-Error", "its pods are run by a kubelet")
                .build());

    assertThat(told.statusCode()).isEqualTo(204);
    HttpResponse<InputStream> response = command.get(20, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(new String(response.body().readAllBytes(), UTF_8))
        .contains("Instance local-1 cannot run the command: its pods are run by a kubelet");
  }

  @Test
  void nothingIsFetchedTwice() throws Exception {
    CompletableFuture<HttpResponse<String>> atOne = poll(agents);
    CompletableFuture<HttpResponse<String>> atThird = poll(third);
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS, "");

    CompletableFuture.anyOf(atOne, atThird).get(20, TimeUnit.SECONDS);
    CompletableFuture<HttpResponse<String>> other = atOne.isDone() ? atThird : atOne;
    CompletableFuture<HttpResponse<String>> fetched = atOne.isDone() ? atOne : atThird;
    try (Answer answer = new Answer(home, asked(fetched))) {
      answer.close();
      assertThat(log.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(other).isNotDone();
    agents.server.close();
    third.server.close();
    assertThat(other.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
  }

  @Test
  void aServerThatStopsInTheMiddleIsNoEnd() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS + "?follow=true", "");
    try (Answer answer = new Answer(agents, asked(poll(agents)))) {
      answer.tell("one".getBytes(UTF_8));
      InputStream lines = log.get(20, TimeUnit.SECONDS).body();
      assertThat(read(lines, 3)).isEqualTo("one");

      agents.server.close();

      assertThatThrownBy(lines::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theAgentIsStoppedWhenThePersonsServerStops() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS + "?follow=true", "");
    try (Answer answer = new Answer(agents, asked(poll(agents)))) {
      answer.tell("one".getBytes(UTF_8));
      assertThat(log.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);

      home.server.close();

      // Also while it has nothing to say.
      await().until(() -> answer.sent.isDone() || !answer.pieces.hasSubscribers());
    }
  }

  @Test
  void aServerThatTheOtherCannotReachIsNamed() throws Exception {
    URI closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    home.engine.peers().pretended = Optional.of(new PeerAddress(closed, Optional.empty()));
    CompletableFuture<HttpResponse<String>> poll = poll(agents);

    String refusal = refusal(ask("GET", LOGS, ""));

    assertThat(refusal)
        .contains("\"type\":\"ServerUnreachable\"")
        .contains("Instance local-1 is connected to another server")
        .contains("The server on host-of-agents cannot reach the one on host-of-home at " + closed)
        .contains("start it with --peer-url");
    assertThat(poll).as("the agent waits on").isNotDone();
    assertThat(refusal(ask("POST", EXEC, "{\"command\":[\"ls\"]}"))).contains("--peer-url");
  }

  @Test
  void anAddressThatLeadsElsewhereIsToldAndLeadsNowhere() throws Exception {
    home.engine.peers().pretended =
        Optional.of(new PeerAddress(third.server.uri(), Optional.empty()));
    assertThat(poll(agents)).isNotDone();

    assertThat(refusal(ask("GET", LOGS, "")))
        .contains("This is the server third on host-of-third and not home");
  }

  @Test
  void aServerWithAnotherKeyIsRefused() throws Exception {
    home.engine.peers().key = "of another database";
    assertThat(poll(agents)).isNotDone();

    assertThat(refusal(ask("GET", LOGS, ""))).contains("signed under another key");
  }

  @Test
  void nobodyElseUsesWhatIsForServers() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> log = ask("GET", LOGS, "");
    FakePeers stranger = new FakePeers("stranger", network);
    String path =
        "/servers/v1/instances/%s/requests/%s/take".formatted(agent.id(), asked(poll(agents)));
    long now = FakeStacks.EPOCH.getEpochSecond();
    String good = proof(stranger, "home", now, path);

    assertThat(take(path, "")).isEqualTo(401);
    assertThat(take(path, "Bearer " + agent.credential())).isEqualTo(401);
    assertThat(take(path, good.substring(0, good.length() - 1))).isEqualTo(401);
    assertThat(take(path, proof(stranger, "home", now, path + "x"))).isEqualTo(401);
    assertThat(take(path, proof(stranger, "home", now - 61, path))).isEqualTo(401);
    assertThat(take(path, proof(stranger, "home", now + 61, path))).isEqualTo(401);
    assertThat(take(path, proof(stranger, "third", now, path))).isEqualTo(421);
    assertThat(take(path, good)).as("it was fetched").isEqualTo(404);
    assertThat(log).isNotDone();
  }

  private static String proof(FakePeers peers, String to, long time, String path) {
    List<String> signed = List.of(to, peers.self().id(), Long.toString(time), "POST", path);
    return String.join(
        " ", "Hotpod-Server", signed.get(0), signed.get(1), signed.get(2), peers.sign(signed));
  }

  private int take(String path, String proof) {
    return home.send(home.request("POST", "/" + path).header("Authorization", proof).build())
        .statusCode();
  }

  @Test
  void whoMayNotSpeakToACommandMayNotThroughAnotherServerEither() throws Exception {
    ServerFixture guarded =
        start(
            "guarded",
            ServerFixture.settings(
                ServerFixture.LIMITS,
                new AuthenticationKind.Tokens(UsersFixture.write(directory).path(), directory)));
    CompletableFuture<HttpResponse<InputStream>> command =
        ask("POST", EXEC, "{\"command\":[\"cat\"],\"input\":true}");
    try (Answer answer = new Answer(agents, asked(poll(agents)))) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED).encoded());
      String session =
          command.get(20, TimeUnit.SECONDS).headers().firstValue("Hotpod-Session").orElseThrow();

      assertThat(say(guarded, session, "x").statusCode()).isEqualTo(401);
      assertThat(sayAs(guarded, UsersFixture.token(Role.READER), session)).isEqualTo(403);
      assertThat(sayAs(guarded, UsersFixture.FOREIGN, session)).isEqualTo(403);
      assertThat(sayAs(guarded, UsersFixture.token(Role.MEMBER), session)).isEqualTo(204);
    }
  }

  private static int sayAs(ServerFixture server, String token, String session) {
    return server
        .send(
            server
                .request("POST", EXEC + "/" + session + "/input")
                .header("X-Auth-Token", token)
                .POST(BodyPublishers.ofByteArray(frame(ExecFrame.Kind.INPUT, "x")))
                .build())
        .statusCode();
  }

  @Test
  void theCertificateThatAServerSaidItHasIsTakenAndNoOther() throws Exception {
    String signed = "certificate";
    ServerFixture secure =
        start("secure", settings().withTls(TlsFixture.certificate(directory, signed)));
    PeerAddress said = secure.engine.peers().self().address().orElseThrow();
    assertThat(said.certificate()).isPresent();
    String wrong = "0".repeat(said.certificate().orElseThrow().length());
    home.engine.peers().pretended = Optional.of(new PeerAddress(said.uri(), Optional.of(wrong)));
    assertThat(poll(agents)).isNotDone();
    assertThat(refusal(ask("GET", LOGS, ""))).contains("it shows the certificate");

    home.engine.peers().pretended = Optional.of(new PeerAddress(said.uri(), Optional.empty()));
    assertThat(refusal(ask("GET", LOGS, ""))).contains("cannot reach").contains("PKIX");

    home.engine.peers().pretended = Optional.of(said);
    assertThat(refusal(ask("GET", LOGS, "")))
        .as("the connection is good, and the server is not the one that was meant")
        .contains("This is the server secure");
  }
}
