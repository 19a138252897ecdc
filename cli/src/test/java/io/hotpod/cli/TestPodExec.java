package io.hotpod.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.hotpod.pod.exec.ExecFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestPodExec {
  private static final String EXEC = "POST /pods/web/exec";

  @TempDir Path directory;
  private final FakeServer server = new FakeServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static ExecFrame text(ExecFrame.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ExecFrame.of(kind, bytes, 0, bytes.length);
  }

  private static void answer(HttpExchange exchange, ExecFrame... frames) throws IOException {
    exchange.getResponseHeaders().add("Hotpod-Session", "s1");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (ExecFrame frame : frames) {
        out.write(frame.encoded());
        out.flush();
      }
    }
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server.url(), directory, arguments);
  }

  @Test
  void outputErrorAndExitCodeAreTheCommands() {
    server.on(
        EXEC,
        exchange ->
            answer(
                exchange,
                ExecFrame.of(ExecFrame.Kind.STARTED),
                text(ExecFrame.Kind.OUTPUT, "out\n"),
                ExecFrame.of(ExecFrame.Kind.ALIVE),
                text(ExecFrame.Kind.ERROR, "err\n"),
                ExecFrame.exit(7)));

    CommandRun run = run("pod", "exec", "web", "-c", "page", "--", "sh", "-c", "", "--json");

    assertThat(run.out()).isEqualTo("out\n");
    assertThat(run.err()).isEqualTo("err\n");
    assertThat(run.exitCode()).isEqualTo(7);
    JsonNode body = JsonMapper.shared().readTree(server.asked().getFirst().body());
    assertThat(body.path("command").toString()).isEqualTo("[\"sh\",\"-c\",\"\",\"--json\"]");
    assertThat(body.path("container").stringValue()).isEqualTo("page");
    assertThat(body.path("input").booleanValue()).isFalse();
    assertThat(body.path("terminal").booleanValue()).isFalse();
  }

  @Test
  void standardInputIsHandedOverToItsEnd() {
    CountDownLatch ended = new CountDownLatch(1);
    server.on(
        EXEC,
        exchange -> {
          exchange.getResponseHeaders().add("Hotpod-Session", "s1");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(ExecFrame.of(ExecFrame.Kind.STARTED).encoded());
            out.flush();
            ended.await();
            out.write(ExecFrame.exit(0).encoded());
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    server.on(
        "POST /pods/web/exec/s1/input",
        exchange -> {
          FakeServer.send(exchange, 204, "");
          if (server.asked("POST").getLast().body().charAt(0) == 3) {
            ended.countDown();
          }
        });

    CommandRun run =
        CommandRun.fed(
            new ByteArrayInputStream("given".getBytes(UTF_8)),
            server.url(),
            directory,
            "pod",
            "exec",
            "-i",
            "web",
            "--",
            "cat");

    assertThat(run.exitCode()).as(run.err()).isZero();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(server.asked())
                    .extracting(FakeServer.Asked::path)
                    .filteredOn(path -> path.endsWith("/input"))
                    .hasSize(2));
    assertThat(server.asked().get(1).body()).endsWith("given");
  }

  @Test
  void whatKeepsTheCommandFromRunningEndsWith125() {
    server.on(EXEC, 502, Bodies.error("ExecUnavailable", "Instance web-1 cannot run the command"));

    CommandRun run = run("pod", "exec", "web", "--", "ls");

    assertThat(run.exitCode()).isEqualTo(125);
    assertThat(run.err()).isEqualTo("hotpod: Instance web-1 cannot run the command\n");
  }

  @Test
  void aConversationThatBreaksOffIsNoSuccess() {
    server.on(
        EXEC,
        exchange ->
            answer(
                exchange,
                ExecFrame.of(ExecFrame.Kind.STARTED),
                text(ExecFrame.Kind.OUTPUT, "half")));

    CommandRun run = run("pod", "exec", "web", "--", "ls");

    assertThat(run.out()).isEqualTo("half");
    assertThat(run.exitCode()).isEqualTo(125);
    assertThat(run.err()).startsWith("hotpod: the conversation with the command broke off: ");
  }

  @Test
  void theInstancesReasonIsTold() {
    server.on(
        EXEC,
        exchange ->
            answer(
                exchange,
                ExecFrame.of(ExecFrame.Kind.STARTED),
                ExecFrame.failed("nothing was said for 60 minutes, so it was ended")));

    CommandRun run = run("pod", "exec", "web", "--", "ls");

    assertThat(run.exitCode()).isEqualTo(125);
    assertThat(run.err())
        .isEqualTo(
            "hotpod: the instance ended the command: nothing was said for 60 minutes, so it was"
                + " ended\n");
  }

  @Test
  void withoutACommandItIsWrongUsage() {
    CommandRun run = run("pod", "exec", "web");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("COMMAND");
  }
}
