package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class TestExec {
  private static final String EXEC = "/pods/pod-local-1/exec";

  @TempDir Path directory;
  private ServerFixture fixture = new ServerFixture();
  private ServerFixture.Agent agent = fixture.enrol("local-1");

  @AfterEach
  void close() {
    fixture.close();
  }

  private CompletableFuture<HttpResponse<InputStream>> run(String body) {
    return fixture.client.sendAsync(
        fixture.request("POST", EXEC, body).build(), BodyHandlers.ofInputStream());
  }

  private JsonNode fetch() {
    HttpResponse<String> response =
        fixture.send(fixture.agentRequest(agent, "GET", "/requests?wait=10", "").build());
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).get(0);
  }

  /** The agent's side of a conversation. */
  private final class Answer implements AutoCloseable {
    private final SubmissionPublisher<ByteBuffer> pieces =
        new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), 16);
    private final CompletableFuture<HttpResponse<String>> sent;
    private final InputStream input;
    private final ExecFrames heard = new ExecFrames();
    private final List<ExecFrame> waiting = new ArrayList<>();

    Answer(JsonNode request) throws Exception {
      String path = "/requests/" + request.path("id").stringValue();
      HttpRequest post =
          fixture
              .agentRequest(agent, "POST", path + "/output", "")
              .POST(BodyPublishers.fromPublisher(pieces))
              .build();
      sent = fixture.client.sendAsync(post, BodyHandlers.ofString());
      HttpResponse<InputStream> listening =
          fixture.client.send(
              fixture.agentRequest(agent, "GET", path + "/input", "").build(),
              BodyHandlers.ofInputStream());
      assertThat(listening.statusCode()).isEqualTo(200);
      input = listening.body();
      // What is told before the client takes it up is lost.
      await().until(pieces::hasSubscribers);
    }

    void tell(ExecFrame frame) {
      pieces.submit(ByteBuffer.wrap(frame.encoded()));
    }

    /** What the person said next; a frame of the kind ALIVE at the end. */
    ExecFrame hear() throws IOException {
      byte[] buffer = new byte[4096];
      while (waiting.isEmpty()) {
        int read = input.read(buffer);
        if (read < 0) {
          return ExecFrame.of(ExecFrame.Kind.ALIVE);
        }
        heard.add(buffer, 0, read).stream()
            .filter(frame -> frame.kind() != ExecFrame.Kind.ALIVE)
            .forEach(waiting::add);
      }
      return waiting.removeFirst();
    }

    @Override
    public void close() {
      pieces.close();
    }
  }

  private static List<ExecFrame> frames(InputStream output) throws IOException {
    byte[] bytes = output.readAllBytes();
    return new ExecFrames().add(bytes, 0, bytes.length);
  }

  private static List<ExecFrame> framesAsFarAsTheyGo(InputStream output) {
    try {
      return frames(output);
    } catch (IOException broken) {
      return List.of();
    }
  }

  private static ExecFrame text(ExecFrame.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ExecFrame.of(kind, bytes, 0, bytes.length);
  }

  private HttpResponse<String> say(String session, ExecFrame frame) {
    return fixture.send(
        fixture
            .request("POST", EXEC + "/" + session + "/input")
            .POST(BodyPublishers.ofByteArray(frame.encoded()))
            .build());
  }

  @Test
  void aCommandIsTalkedWith() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> asked =
        run(
            "{\"command\":[\"sh\",\"-c\",\"read x\"],\"input\":true,\"terminal\":true,"
                + "\"rows\":50,\"columns\":132}");
    JsonNode request = fetch();
    assertThat(request.path("kind").stringValue()).isEqualTo("exec");
    assertThat(request.path("pod_id").stringValue()).isEqualTo("pod-local-1");
    assertThat(request.path("container").stringValue()).isEqualTo("page");
    assertThat(request.path("command").toString()).isEqualTo("[\"sh\",\"-c\",\"read x\"]");
    assertThat(request.path("input").booleanValue()).isTrue();
    assertThat(request.path("terminal").booleanValue()).isTrue();
    assertThat(request.path("rows").intValue()).isEqualTo(50);
    assertThat(request.path("columns").intValue()).isEqualTo(132);
    try (Answer answer = new Answer(request)) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      HttpResponse<InputStream> response = asked.get(10, TimeUnit.SECONDS);
      assertThat(response.statusCode()).isEqualTo(200);
      String session = response.headers().firstValue("Hotpod-Session").orElseThrow();

      assertThat(say(session, text(ExecFrame.Kind.INPUT, "hello")).statusCode()).isEqualTo(204);
      assertThat(answer.hear().text()).isEqualTo("hello");
      assertThat(say(session, ExecFrame.resize(30, 90)).statusCode()).isEqualTo(204);
      assertThat(answer.hear().columns()).isEqualTo(90);

      answer.tell(text(ExecFrame.Kind.OUTPUT, "got hello"));
      answer.tell(ExecFrame.exit(3));
      answer.close();

      List<ExecFrame> frames = frames(response.body());
      assertThat(frames)
          .extracting(ExecFrame::kind)
          .containsExactly(ExecFrame.Kind.STARTED, ExecFrame.Kind.OUTPUT, ExecFrame.Kind.EXIT);
      assertThat(frames.getLast().exitCode()).isEqualTo(3);
      assertThat(answer.sent.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
      assertThat(answer.hear().kind()).isEqualTo(ExecFrame.Kind.ALIVE);
      assertThat(say(session, text(ExecFrame.Kind.INPUT, "late")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theInstanceHearsThatThePersonIsGone() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> asked =
        run("{\"command\":[\"top\"],\"input\":true}");
    try (Answer answer = new Answer(fetch())) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      asked.get(10, TimeUnit.SECONDS).body().close();

      // The server finds out when it next writes.
      CompletableFuture<ExecFrame> end = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  end.complete(answer.hear());
                } catch (IOException e) {
                  end.completeExceptionally(e);
                }
              });
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!end.isDone() && System.nanoTime() < deadline && !answer.sent.isDone()) {
        answer.pieces.offer(
            ByteBuffer.wrap(ExecFrame.of(ExecFrame.Kind.ALIVE).encoded()),
            100,
            TimeUnit.MILLISECONDS,
            (subscriber, dropped) -> false);
      }
      assertThat(end.get(10, TimeUnit.SECONDS).kind()).isEqualTo(ExecFrame.Kind.ALIVE);
    }
  }

  @Test
  void whatTheInstanceCannotDoIsTold() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> asked = run("{\"command\":[\"ls\"]}");
    String id = fetch().path("id").stringValue();
    fixture.send(
        fixture
            .agentRequest(agent, "POST", "/requests/" + id + "/output", "")
            .header("X-Hotpod-Error", "its pods are run by a kubelet")
            .build());

    HttpResponse<InputStream> response = asked.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(new String(response.body().readAllBytes(), UTF_8))
        .contains("Instance local-1 cannot run the command: its pods are run by a kubelet");
  }

  @Test
  void anInstanceThatBreaksOffIsNoEnd() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> asked = run("{\"command\":[\"ls\"]}");
    try (Answer answer = new Answer(fetch())) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      InputStream output = asked.get(10, TimeUnit.SECONDS).body();

      answer.sent.cancel(true);

      // Whether the stream ends or breaks, there is no last frame, and that is what counts.
      assertThat(framesAsFarAsTheyGo(output))
          .extracting(ExecFrame::kind)
          .doesNotContain(ExecFrame.Kind.EXIT, ExecFrame.Kind.FAILED);
    }
  }

  @Test
  void anotherInstanceHearsNothing() throws Exception {
    ServerFixture.Agent other = fixture.enrol("other");
    CompletableFuture<HttpResponse<InputStream>> asked =
        run("{\"command\":[\"cat\"],\"input\":true}");
    String id = fetch().path("id").stringValue();

    assertThat(
            fixture
                .send(fixture.agentRequest(other, "GET", "/requests/" + id + "/input", "").build())
                .statusCode())
        .isEqualTo(404);
    assertThat(asked).isNotDone();
  }

  @Test
  void onlySoManyCommandsRunAtOnce() throws Exception {
    for (int open = 0; open < ServerFixture.LIMITS.logStreams(); open++) {
      assertThat(run("{\"command\":[\"top\"]}")).isNotDone();
      fetch();
    }

    HttpResponse<InputStream> refused = run("{\"command\":[\"top\"]}").get(10, TimeUnit.SECONDS);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(new String(refused.body().readAllBytes(), UTF_8)).contains("TooManyCommands");
  }

  @Test
  void requestsThatAreNoneAreRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"command\":[]}",
            "{\"command\":\"ls\"}",
            "{\"command\":[\"\"]}",
            "{\"command\":[\"ls\",3]}",
            "{\"command\":[\"l\\u0000s\"]}",
            "{\"command\":[\"ls\"],\"rows\":0}",
            "{\"command\":[\"ls\"],\"input\":\"yes\"}",
            "{\"command\":[\"ls\"],\"stdin\":true}",
            "{\"command\":[\"ls\",\"" + "x".repeat(70_000) + "\"]}")) {
      assertThat(fixture.call("POST", EXEC, body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(fixture.call("POST", EXEC, "{\"command\":[\"ls\"],\"container\":\"nope\"}"))
        .satisfies(response -> assertThat(response.statusCode()).isEqualTo(404));
  }

  @Test
  void inputThatIsNoneIsRefused() {
    assertThat(say("none", text(ExecFrame.Kind.INPUT, "x")).statusCode()).isEqualTo(404);
    assertThat(say("none", ExecFrame.exit(0)).statusCode()).isEqualTo(400);
    assertThat(fixture.call("POST", EXEC + "/none/input", "abc").statusCode()).isEqualTo(400);
    assertThat(fixture.call("POST", EXEC + "/none/input").statusCode()).isEqualTo(400);
  }

  @Test
  void thatACommandWasRunIsWrittenDownAndNotWhichOne() throws Exception {
    fixture.close();
    Path audit = directory.resolve("audit.log");
    fixture =
        new ServerFixture(
            ServerFixture.settings(ServerFixture.LIMITS, new AuthenticationKind.None())
                .withAudit(audit));
    agent = fixture.enrol("local-1");
    CompletableFuture<HttpResponse<InputStream>> asked =
        run("{\"command\":[\"login\",\"s3cret\"],\"input\":true}");
    try (Answer answer = new Answer(fetch())) {
      answer.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      HttpResponse<InputStream> response = asked.get(10, TimeUnit.SECONDS);
      String session = response.headers().firstValue("Hotpod-Session").orElseThrow();
      say(session, text(ExecFrame.Kind.INPUT, "passw0rd"));
    }

    assertThat(Files.readString(audit))
        .contains("\"path\":\"/v1/default/pods/pod-local-1/exec\"")
        .doesNotContain("/input")
        .doesNotContain("s3cret")
        .doesNotContain("passw0rd");
  }
}
