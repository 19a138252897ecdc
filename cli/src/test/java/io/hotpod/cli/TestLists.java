package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that only read: what people see. */
final class TestLists {
  private static final String PODS =
      """
      {"pods": [
        {"id": "p1", "name": "front", "stack_name": "web", "resource_name": "front",
         "instance_name": "local-1", "phase": "Running", "ready": true, "reason": "",
         "message": "", "init_containers": [], "containers": [
           {"name": "c", "image": "i:1", "ready": true, "restarts": 2,
            "state": {"state": "running", "startedAt": "2026-11-01T00:00:00Z"}}]},
        {"id": "p2", "name": "page", "stack_name": "other", "resource_name": "page",
         "instance_name": "local-2", "phase": "Pending", "ready": false, "reason": "",
         "message": "", "init_containers": [], "containers": [
           {"name": "a", "image": "i:1", "ready": false, "restarts": 0,
            "state": {"state": "waiting", "reason": "ErrImagePull", "message": "no such image"}},
           {"name": "b", "image": "i:2", "ready": false, "restarts": 1,
            "state": {"state": "terminated", "exitCode": 3, "reason": "Error", "message": ""}}]}]}\
      """;

  @TempDir Path directory;
  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String out(String... arguments) {
    CommandRun run = CommandRun.of(server.url(), directory, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.out();
  }

  @Test
  void stacks() {
    server.on(
        "GET /stacks",
        200,
        """
        {"stacks": [{"id": "1", "stack_name": "web", "stack_status": "UPDATE_COMPLETE",
          "creation_time": "2026-11-01T00:00:00Z", "updated_time": "2026-11-01T00:59:00Z"}]}\
        """);

    assertThat(out("stack", "list"))
        .isEqualTo(
            """
            NAME  STATUS           AGE  UPDATED  ID
            web   UPDATE_COMPLETE  60m  60s      1
            """);
  }

  @Test
  void stack() {
    server.on(
        "GET /stacks/web",
        200,
        """
        {"stack": {"id": "1", "stack_name": "web", "stack_status": "CREATE_COMPLETE",
          "stack_status_reason": "", "description": "two pods", "updated_time": null,
          "parameters": {"image": "x"}, "outputs": [
            {"output_key": "url", "output_value": "http://a"},
            {"output_key": "list", "output_value": [1, 2]},
            {"output_key": "bad", "output_value": null, "output_error": "not yet"}]}}\
        """);

    assertThat(out("stack", "show", "web"))
        .isEqualTo(
            """
            Name             web
            Id               1
            Status           CREATE_COMPLETE
            Description      two pods
            Parameter image  x
            Output url       http://a
            Output list      [1,2]
            Output bad       error: not yet
            """);
    assertThat(out("stack", "outputs", "web"))
        .isEqualTo("url   http://a\nlist  [1,2]\nbad   error: not yet\n");
  }

  @Test
  void oneOutputIsBareForScripts() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on(
        "GET /stacks/web/1/outputs/url",
        200,
        "{\"output\": {\"output_key\": \"url\", \"output_value\": \"http://a\"}}");

    assertThat(out("stack", "outputs", "web", "url")).isEqualTo("http://a\n");
    CommandRun missing = CommandRun.of(server.url(), directory, "stack", "outputs", "web", "no");
    assertThat(missing.err()).startsWith("hotpod: web has no output no.\n");
    assertThat(missing.exitCode()).isEqualTo(1);
  }

  @Test
  void eventsAreFollowedUntilTheStackIsGone() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(Bodies.event(1, "web", "CREATE_COMPLETE", "done")));
    server.on(
        "GET /stacks/web/1/events/stream",
        200,
        "retry: 1\nid: e1\nevent: ready\ndata: {}\n\n:\n\n"
            + message("e2", "a", "x", "DELETE_COMPLETE"));
    server.on(
        "GET /stacks/web/1/events/stream",
        200,
        message("e3", "web", "1", "DELETE_COMPLETE") + message("e4", "b", "y", "LATE"));

    assertThat(out("stack", "events", "--follow", "web").lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("web", "CREATE_COMPLETE", "done"),
            line -> assertThat(line).contains("a", "DELETE_COMPLETE"),
            line -> assertThat(line).contains("web", "DELETE_COMPLETE"));
    assertThat(server.asked("GET").getLast().query()).isEqualTo("nested_depth=0&after=e2");
  }

  private static String message(String id, String resource, String physical, String status) {
    return ("id: %s\nevent: resource\ndata: {\"id\": \"%s\", \"resource_name\": \"%s\","
            + " \"physical_resource_id\": \"%s\", \"resource_status\": \"%s\"}\n\n")
        .formatted(id, id, resource, physical, status);
  }

  @Test
  void events() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on(
        "GET /stacks/web/1/events",
        200,
        Bodies.events(
            Bodies.event(1, "web", "CREATE_IN_PROGRESS", "Stack CREATE started"),
            Bodies.event(2, "web", "CREATE_COMPLETE", "done")));

    assertThat(out("stack", "events", "web", "--last", "1"))
        .isEqualTo(
            """
            TIME                  RESOURCE  STATUS           REASON
            2026-11-01T00:00:02Z  web       CREATE_COMPLETE  done
            """);
  }

  @Test
  void resources() {
    server.on("GET /stacks/web", 200, Bodies.stack("CREATE_COMPLETE"));
    server.on(
        "GET /stacks/web/1/resources",
        200,
        """
        {"resources": [{"resource_name": "page", "resource_type": "OS::Heat::Value",
          "resource_status": "CREATE_COMPLETE", "physical_resource_id": "",
          "resource_status_reason": "state changed"}]}\
        """);

    assertThat(out("stack", "resources", "web"))
        .isEqualTo(
            """
            NAME  TYPE             STATUS           PHYSICAL ID  REASON
            page  OS::Heat::Value  CREATE_COMPLETE  -            -
            """);
  }

  @Test
  void pods() {
    server.on("GET /pods", 200, PODS);

    assertThat(out("pod", "list"))
        .isEqualTo(
            """
            POD    STACK/RESOURCE  INSTANCE  PHASE    READY  RESTARTS  WHY
            front  web/front       local-1   Running  1/1    2         -
            page   other/page      local-2   Pending  0/2    1         a: waiting: ErrImagePull: \
            no such image; b: ended: Error (exit code 3), 1 restart
            """);
    assertThat(out("pod", "list", "--stack", "none")).isEqualTo("No pods.\n");
  }

  @Test
  void pod() {
    server.on(
        "GET /pods/web/front",
        200,
        """
        {"pod": {"id": "p1", "name": "front", "stack_name": "web", "resource_name": "front",
         "instance_name": "local-1", "phase": "Running", "ready": true, "containers": [
           {"name": "c", "image": "i:1", "ready": true, "restarts": 0,
            "state": {"state": "running"}}]}}\
        """);

    assertThat(out("pod", "show", "web/front"))
        .contains("Container c  running, ready\n             image i:1\n");
  }

  @Test
  void logs() {
    server.on("GET /pods/page/logs", 200, "one\ntwo\n");

    assertThat(out("pod", "logs", "page", "-c", "a", "--tail", "5")).isEqualTo("one\ntwo\n");
    assertThat(server.asked().getFirst().query()).isEqualTo("follow=false&container=a&tail=5");
  }

  @Test
  void instances() {
    server.on(
        "GET /instances",
        200,
        """
        {"instances": [{"id": "i", "name": "local-1", "connected": true,
          "last_seen_at": "2026-11-01T00:59:58Z",
          "facts": {"runtime": "podman", "runtimeVersion": "4.3.1", "runtimeProblem": ""}},
          {"id": "j", "name": "edge", "connected": false, "last_seen_at": null, "facts": null}]}\
        """);

    assertThat(out("instance", "list"))
        .isEqualTo(
            """
            NAME     STATE      LAST SEEN  RUNTIME       LABELS  PROBLEM
            local-1  connected  2s         podman 4.3.1  -       -
            edge     silent     -          -             -       -
            """);
  }

  @Test
  void aDrainedInstanceIsShownAsSuchWithItsLabels() {
    server.on(
        "GET /instances",
        200,
        """
        {"instances": [{"id": "i", "name": "local-1", "connected": true, "drained": true,
          "pods_stopped": true, "labels": {"disk": "ssd", "zone": "a"},
          "last_seen_at": "2026-11-01T00:59:58Z", "facts": null}]}\
        """);

    assertThat(out("instance", "list", "-l", "zone=a"))
        .contains("connected, drained, pods stopped")
        .contains("disk=ssd zone=a");
    assertThat(server.asked().getFirst().query()).isEqualTo("label=zone=a");
  }

  @Test
  void labelsAreSentAsAChange() {
    server.on(
        "PATCH /instances/web-1",
        200,
        "{\"instance\": {\"name\": \"web-1\", \"labels\": {\"zone\": \"a\"}}}");

    assertThat(out("instance", "label", "web-1", "zone=a", "old-"))
        .isEqualTo("web-1 has zone=a.\n");
    assertThat(server.asked().getFirst().body())
        .isEqualTo("{\"labels\":{\"zone\":\"a\",\"old\":null}}");
    assertThat(CommandRun.of(server.url(), directory, "instance", "label", "web-1", "zone"))
        .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2));
  }

  @Test
  void drainWithStopWaitsUntilNoPodIsLeft() {
    server.on("POST /instances/web-1/drain", 200, "{\"instance\": {\"connected\": true}}");
    server.on("GET /instances/web-1/empty", 200, "{\"empty\": false}");
    server.on("GET /instances/web-1/empty", 200, "{\"empty\": true}");

    assertThat(out("instance", "drain", "--stop", "web-1"))
        .isEqualTo("web-1 takes no new pods and has stopped those that it had.\n");
    assertThat(server.asked("POST").getFirst().body()).isEqualTo("{\"stop\":true}");
    assertThat(server.asked("GET")).hasSize(2);
  }

  @Test
  void undrainAndRotateSayWhatHappensNext() {
    server.on("POST /instances/web-1/undrain", 200, "{\"instance\": {}}");
    server.on("POST /instances/web-1/rotate", 202, "");

    assertThat(out("instance", "undrain", "web-1")).isEqualTo("web-1 takes pods again.\n");
    assertThat(out("instance", "rotate", "web-1")).contains("'hotpod instance show web-1'");
  }

  @Test
  void joinTokenInAFileIsItsOwnersOnly() throws IOException {
    server.on(
        "POST /join_tokens",
        201,
        "{\"join_token\": \"abc\", \"expires_at\": \"2026-11-01T02:00:00Z\"}");
    Path file = Files.writeString(directory.resolve("token"), "an older one");

    assertThat(out("instance", "join-token", "--output", "token"))
        .isEqualTo("The token is in token until 2026-11-01T02:00:00Z.\n");
    assertThat(file).hasContent("abc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(out("instance", "join-token", "--output", "token", "--json")).doesNotContain("abc");
  }

  @Test
  void joinTokenIsAllThatIsPrinted() {
    server.on(
        "POST /join_tokens",
        201,
        "{\"join_token\": \"abc\", \"expires_at\": \"2026-11-01T02:00:00Z\"}");

    assertThat(out("instance", "join-token", "--valid-minutes", "5")).isEqualTo("abc\n");
    assertThat(server.asked().getFirst().body()).isEqualTo("{\"valid_minutes\":5}");
  }
}
