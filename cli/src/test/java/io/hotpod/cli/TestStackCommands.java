package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that change stacks: what they ask, what they show, how they end. */
final class TestStackCommands {
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        page:
          type: OS::Heat::Value
          properties:
            value: {get_file: page.html}
      """;

  @TempDir Path directory;
  private final FakeServer server = new FakeServer();

  @BeforeEach
  void writeTemplate() throws IOException {
    Files.writeString(directory.resolve("web.yaml"), TEMPLATE);
    Files.writeString(directory.resolve("page.html"), "<p>hello");
    Files.writeString(directory.resolve("env.yaml"), "parameters: {a: b}\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server.url(), directory, arguments);
  }

  private void acceptCreate() {
    server.on("POST /stacks", 201, "{\"stack\": {\"id\": \"1\", \"links\": []}}");
    server.on("GET /stacks/web/1", 200, Bodies.stack("CREATE_IN_PROGRESS"));
  }

  @Test
  void createSendsEverythingAndWaitsForTheEnd() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(1, "web", "CREATE_IN_PROGRESS", "Stack CREATE started"),
            Bodies.event(2, "page", "CREATE_IN_PROGRESS", "state changed")));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(3, "page", "CREATE_COMPLETE", "state changed"),
            Bodies.event(4, "web", "CREATE_COMPLETE", "Stack CREATE completed successfully")));

    CommandRun run =
        run(
            "stack",
            "create",
            "-t",
            "web.yaml",
            "-e",
            "env.yaml",
            "-p",
            "x=1=2",
            "--timeout",
            "1h",
            "--rollback",
            "web");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            2026-11-01T00:00:01Z  web                   CREATE_IN_PROGRESS    Stack CREATE started
            2026-11-01T00:00:02Z  page                  CREATE_IN_PROGRESS
            2026-11-01T00:00:03Z  page                  CREATE_COMPLETE
            2026-11-01T00:00:04Z  web                   CREATE_COMPLETE       Stack CREATE completed successfully
            web: CREATE_COMPLETE
            """);
    FakeServer.Asked post = server.asked("POST").getFirst();
    JsonNode body = JsonMapper.shared().readTree(post.body());
    assertThat(body.path("stack_name").asString("")).isEqualTo("web");
    assertThat(body.path("template").asString("")).isEqualTo(TEMPLATE);
    assertThat(body.path("template_name").asString("")).isEqualTo("web.yaml");
    assertThat(body.path("files").path("page.html").asString("")).isEqualTo("<p>hello");
    assertThat(body.path("environment_files").get(0).asString("")).isEqualTo("env.yaml");
    assertThat(body.path("parameters").path("x").asString("")).isEqualTo("1=2");
    assertThat(body.path("timeout_mins").asInt()).isEqualTo(60);
    assertThat(body.path("disable_rollback").asBoolean(true)).isFalse();
    assertThat(post.headers()).containsEntry("Idempotency-key", List.of("made-id"));
  }

  @Test
  void waitsByTheEventsOfTheServer() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_IN_PROGRESS", "Stack CREATE started")));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(2, "web", "CREATE_COMPLETE", "")));

    assertThat(run("stack", "create", "-t", "web.yaml", "web").exitCode()).isZero();
    assertThat(server.asked("GET"))
        .extracting(FakeServer.Asked::query)
        .containsSubsequence(
            "sort_dir=asc", "sort_dir=asc&marker=e1&wait=10", "sort_dir=asc&marker=e1&wait=10");
  }

  @Test
  void whyItWaitsIsSaidOnceWhenNothingHappens() {
    acceptCreate();
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_COMPLETE", "")));
    server.on(
        "GET /stacks/web/1/resources",
        200,
        """
        {"resources": [{"resource_name": "page", "resource_type": "OS::Heat::Value",
          "resource_status": "CREATE_IN_PROGRESS", "resource_status_reason": "edge is silent",
          "required_by": []}]}\
        """);
    server.on("GET /pods", 200, "{\"pods\": []}");

    assertThat(run("stack", "create", "-t", "web.yaml", "web").out())
        .containsOnlyOnce("waiting for page: edge is silent\n");
  }

  @Test
  void failedCreateEndsWithOneAndTheReason() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(1, "page", "CREATE_FAILED", "image missing"),
            Bodies.event(2, "web", "CREATE_FAILED", "Resource CREATE failed: image missing")));

    CommandRun run = run("stack", "create", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(
            "hotpod: the create of web ended as CREATE_FAILED:"
                + " Resource CREATE failed: image missing\n");
  }

  @Test
  void failureWithRollbackWaitsForTheRollback() {
    server.on("POST /stacks", 201, "{\"stack\": {\"id\": \"1\"}}");
    server.on("GET /stacks/web/1", 200, Bodies.stack("CREATE_IN_PROGRESS", false));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_FAILED", "no image")));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(2, "web", "ROLLBACK_IN_PROGRESS", "Stack ROLLBACK started"),
            Bodies.event(3, "web", "ROLLBACK_COMPLETE", "done")));

    CommandRun run = run("stack", "create", "-t", "web.yaml", "--rollback", "web");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("ended as ROLLBACK_COMPLETE: no image");
  }

  @Test
  void lostAnswerIsAskedForAgainWithTheSameKey() {
    server.on("POST /stacks", exchange -> exchange.close());
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_COMPLETE", "")));

    CommandRun run =
        run("stack", "create", "-t", "web.yaml", "--idempotency-key", "k1", "--json", "web");

    assertThat(run.exitCode()).isZero();
    assertThat(JsonMapper.shared().readTree(run.out()).path("id").asString("")).isEqualTo("1");
    assertThat(server.asked("POST"))
        .extracting(request -> request.headers().get("Idempotency-key"))
        .hasSizeGreaterThanOrEqualTo(2)
        .containsOnly(List.of("k1"));
  }

  @Test
  void placesThatTheServerNamesAreShownInTheFile() {
    server.on(
        "POST /stacks",
        400,
        """
        {"error": {"type": "StackValidationFailed", "message": "long text", "problems": [
          {"file": "web.yaml", "line": 6, "column": 7, "path": "resources.page.properties.value",
           "message": "this is wrong", "advice": "do better"}]}}\
        """);

    CommandRun run = run("stack", "create", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            hotpod: web.yaml has a problem.
            error: this is wrong
             --> web.yaml:6:7 (resources.page.properties.value)
              |
            6 |       value: {get_file: page.html}
              |       ^
              = do better
            """);
  }

  @Test
  void unreadableTemplateIsShownWithoutAskingTheServer() throws IOException {
    Files.writeString(directory.resolve("web.yaml"), "resources: {a: [}\n");

    CommandRun run = run("stack", "create", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hotpod: web.yaml has a problem.\n").contains("web.yaml:1:1");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void deleteLooksAllUpBeforeItDeletesOne() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("DELETE /stacks/web/1", 204, "");

    CommandRun run = run("stack", "delete", "web", "typo", "slip");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            hotpod: Nothing is at /v1/default/stacks/typo. Nothing is at /v1/default/stacks/slip.
            No stack was deleted.
            """);
    assertThat(server.asked("DELETE")).isEmpty();
  }

  @Test
  void stackThatIsNamedTwiceIsDeletedOnce() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/1", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("DELETE /stacks/web/1", 204, "");

    CommandRun run = run("stack", "delete", "web", "1");

    assertThat(run.out()).isEqualTo("web: DELETE_COMPLETE\n");
    assertThat(server.asked("DELETE")).hasSize(1);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertThat(run("stack", "create", "-t", "no.yaml", "web").err())
        .isEqualTo("hotpod: the template no.yaml does not exist.\n");
    Files.delete(directory.resolve("page.html"));
    assertThat(run("stack", "create", "-t", "web.yaml", "web").err())
        .isEqualTo("hotpod: web.yaml:6:25: the file page.html does not exist.\n");
  }

  @Test
  void problemsOfParametersNameTheOptionAndWhatToGive() {
    server.on(
        "POST /stacks",
        400,
        """
        {"error": {"type": "StackValidationFailed", "message": "long text", "problems": [
          {"file": null, "line": null, "column": null, "path": "parameters.port",
           "message": "\\"x\\" is no number", "advice": null}]}}\
        """);
    server.on(
        "POST /stacks",
        400,
        """
        {"error": {"type": "UserParameterMissing", "message": "long text", "problems": [
          {"file": "web.yaml", "line": 1, "column": 1, "path": "parameters.token",
           "message": "The Parameter (token) was not provided.", "advice": null}]}}\
        """);

    assertThat(run("stack", "create", "-t", "web.yaml", "-p", "port=x", "web").err())
        .startsWith("hotpod: the command line has a problem.\nerror: \"x\" is no number\n")
        .contains(" --> (-p port)");
    assertThat(run("stack", "create", "-t", "web.yaml", "web").err())
        .startsWith("hotpod: web.yaml has a problem.\n")
        .contains("give it with -p token=VALUE");
  }

  @Test
  void problemsOfEnvironmentsAreShownInTheirFile() {
    server.on(
        "POST /stacks",
        400,
        """
        {"error": {"type": "StackValidationFailed", "message": "long text", "problems": [
          {"file": null, "line": null, "column": null, "path": "parameters.a",
           "message": "\\"b\\" is no number", "advice": null}]}}\
        """);

    assertThat(run("stack", "create", "-t", "web.yaml", "-e", "env.yaml", "web").err())
        .startsWith("hotpod: env.yaml has a problem.\nerror: \"b\" is no number\n")
        .contains(" --> env.yaml:1:14 (parameters.a)");
  }

  @Test
  void nameThatIsNearIsOffered() {
    server.on("GET /stacks", 200, "{\"stacks\": [{\"stack_name\": \"website\"}]}");

    CommandRun run = run("stack", "show", "webstie");

    assertThat(run.err()).endsWith("Did you mean 'website'?\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void absenceOfTheServerIsSaidOnce() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_IN_PROGRESS", "Stack CREATE started")));
    server.on("GET /stacks/web/1/events", exchange -> exchange.close());
    server.on("GET /stacks/web/1/events", exchange -> exchange.close());
    server.on("GET /stacks/web/1/events", exchange -> exchange.close());
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(2, "web", "CREATE_COMPLETE", "")));

    CommandRun run = run("stack", "create", "-t", "web.yaml", "web");

    assertThat(run.out())
        .containsOnlyOnce("The server does not answer; waiting for it to come back.\n")
        .containsOnlyOnce("The server answers again.\n");
  }

  @Test
  void crashLoopIsToldWithTheCommandThatHelpsAndTheReasonOnce() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(1, "front", "CREATE_FAILED", "main: CrashLoopBackOff"),
            Bodies.event(
                2, "web", "CREATE_FAILED", "Resource CREATE failed: main: CrashLoopBackOff")));

    CommandRun run = run("stack", "create", "-t", "web.yaml", "web");

    assertThat(run.err())
        .endsWith("See 'hotpod pod logs web/front' for what its container wrote.\n");
    assertThat(run.out()).containsOnlyOnce("CrashLoopBackOff");
  }

  @Test
  void planIsWrittenForPeople() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on(
        "PUT /stacks/web/1/preview",
        200,
        """
        {"resource_changes": {}, "plan": [
          {"resource": "page", "type": "OS::Heat::Value", "action": "NONE", "reasons": [],
           "restarts_pod": false, "certain": true, "after": []},
          {"resource": "front", "type": "OS::Kubernetes::PodDeployment", "action": "UPDATE",
           "reasons": ["spec.containers[web].image changes from a to b"],
           "restarts_pod": true, "certain": true, "after": ["page"]}]}\
        """);

    CommandRun run = run("stack", "plan", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Plan for web:
              ~ update front (OS::Kubernetes::PodDeployment); restarts its pod
                  spec.containers[web].image changes from a to b
            1 to update, 1 unchanged; 1 pod is touched.
            """);
  }

  @Test
  void actionThatHasNothingToDoEndsAtOnce() {
    server.on("GET /stacks/web", 200, Bodies.stack("SUSPEND_COMPLETE"));
    server.on("GET /stacks/web/1", 200, Bodies.stack("SUSPEND_COMPLETE"));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "SUSPEND_COMPLETE", "")));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("POST /stacks/web/1/actions", 200, "null");

    CommandRun run = run("stack", "suspend", "web");

    assertThat(run.exitCode()).isZero();
    assertThat(server.asked("POST").getFirst().body()).isEqualTo("{\"suspend\":null}");
  }

  @Test
  void cancelWithoutRollbackReturnsAtOnce() {
    server.on("GET /stacks/web", 200, Bodies.stack("UPDATE_IN_PROGRESS"));
    server.on("POST /stacks/web/1/actions", 200, "null");

    CommandRun run = run("stack", "cancel", "--no-rollback", "web");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(server.asked("POST").getFirst().body())
        .isEqualTo("{\"cancel_without_rollback\":null}");
  }

  @Test
  void marksAResource() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("PATCH /stacks/web/1/resources/front", 200, "null");

    CommandRun run = run("stack", "mark-unhealthy", "--reason", "odd", "web", "front");

    assertThat(run.out()).contains("front: marked; the next update of web replaces it");
    assertThat(server.asked("PATCH").getFirst().body())
        .isEqualTo("{\"mark_unhealthy\":true,\"resource_status_reason\":\"odd\"}");
  }

  @Test
  void takesListsRestoresAndForgetsSnapshots() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/web/1", 200, Bodies.stack("SNAPSHOT_IN_PROGRESS"));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("POST /stacks/web/1/snapshots", 200, "{\"id\": \"s1\", \"status\": \"IN_PROGRESS\"}");
    server.on(
        "GET /stacks/web/1/snapshots",
        200,
        "{\"snapshots\": [{\"id\": \"s1\", \"name\": \"monday\", \"status\": \"COMPLETE\"}]}");
    server.on("POST /stacks/web/1/snapshots/s1/restore", 202, "");
    server.on("DELETE /stacks/web/1/snapshots/s1", 204, "");

    assertThat(run("stack", "snapshot", "create", "--no-wait", "--name", "monday", "web").out())
        .startsWith("s1\n");
    assertThat(run("stack", "snapshot", "list", "web").out()).contains("monday");
    assertThat(run("stack", "snapshot", "restore", "--no-wait", "web", "s1").exitCode()).isZero();
    assertThat(run("stack", "snapshot", "delete", "web", "s1").out()).contains("s1: deleted");
    assertThat(server.asked("POST").getFirst().body()).isEqualTo("{\"name\":\"monday\"}");
  }

  @Test
  void abandonsAStackAndClearsAHook() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("DELETE /stacks/web/1/abandon", 200, "{\"name\": \"web\"}");
    server.on("POST /stacks/web/1/resources/front/signal", 200, "null");

    assertThat(run("stack", "abandon", "web").out()).contains("\"name\"");
    assertThat(run("stack", "hook", "clear", "web", "front", "pre-create").out())
        .contains("front: pre-create cleared");
    assertThat(server.asked("POST").getFirst().body()).isEqualTo("{\"unset_hook\":\"pre-create\"}");
  }

  @Test
  void newerOperationEndsTheWait() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/web/1", 200, Bodies.stack("UPDATE_IN_PROGRESS"));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(1, "web", "UPDATE_IN_PROGRESS", "Stack UPDATE started"),
            Bodies.event(2, "web", "DELETE_IN_PROGRESS", "Stack DELETE started")));
    server.on("PUT /stacks/web/1", 202, "null");

    CommandRun run = run("stack", "update", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("hotpod: the update of web did not finish: a newer delete took over.\n");
  }

  @Test
  void deleteIsDoneWhenTheStackIsGone() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on("GET /stacks/web/1/events", 200, Bodies.events());
    server.on("DELETE /stacks/web/1", 204, "");

    CommandRun run = run("stack", "delete", "web");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("web: DELETE_COMPLETE\n");
  }

  @Test
  void noWaitReturnsOnceAccepted() {
    acceptCreate();

    CommandRun run = run("stack", "create", "-t", "web.yaml", "--no-wait", "web");

    assertThat(run.out()).isEqualTo("web: create accepted, 1\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void liveTreeIsDrawnInPlace() {
    acceptCreate();
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "page", "CREATE_IN_PROGRESS", "state changed")));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(2, "page", "CREATE_COMPLETE", "state changed"),
            Bodies.event(3, "web", "CREATE_COMPLETE", "")));
    server.on(
        "GET /stacks/web/1/resources",
        200,
        """
        {"resources": [{"resource_name": "page", "resource_type": "OS::Heat::Value",
          "resource_status": "CREATE_COMPLETE", "required_by": []}]}\
        """);
    server.on(
        "GET /pods",
        200,
        """
        {"pods": [{"stack_name": "web", "resource_name": "page", "phase": "Pending",
          "containers": [{"name": "c", "ready": false,
            "state": {"state": "waiting", "reason": "ContainerCreating", "message": ""}}]}]}\
        """);

    CommandRun run =
        CommandRun.of(server.url(), directory, true, "stack", "create", "-t", "web.yaml", "web");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            \r… web  CREATE_IN_PROGRESS  0.0 s\u001b[K
              … page  CREATE_IN_PROGRESS    0.0 s\u001b[K
                … container c  waiting: ContainerCreating\u001b[K
            \u001b[J\u001b[3A\r✓ web  CREATE_COMPLETE  0.0 s\u001b[K
              ✓ page  CREATE_COMPLETE       0.0 s\u001b[K
            \u001b[Jweb: CREATE_COMPLETE
            """);
  }
}
