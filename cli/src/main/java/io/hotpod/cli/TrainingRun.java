package io.hotpod.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands that people wait for, once, against canned answers, so that the Java machine
 * can record for the start-up cache what they load. Used when the program is packaged.
 */
final class TrainingRun {
  private static final String STACK =
      """
      {"id": "1", "stack_name": "web", "stack_status": "CREATE_COMPLETE",
       "stack_status_reason": "", "creation_time": "2026-11-01T00:00:00Z",
       "parameters": {"image": "x"}, "outputs": [], "disable_rollback": true}""";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/v1/default/stacks", "{\"stacks\": [" + STACK + "]}",
          "/v1/default/stacks/web", "{\"stack\": " + STACK + "}",
          "/v1/default/stacks/web/1", "{\"stack\": " + STACK + "}",
          "/v1/default/stacks/web/1/actions", "null",
          "/v1/default/stacks/web/1/events",
              """
              {"events": [
                {"id": "1", "event_time": "2026-11-01T00:00:00Z", "resource_name": "page",
                 "resource_status": "CREATE_COMPLETE", "resource_status_reason": "state changed",
                 "physical_resource_id": "2"},
                {"id": "2", "event_time": "2026-11-01T00:00:00Z", "resource_name": "web",
                 "resource_status": "CHECK_COMPLETE", "resource_status_reason": "",
                 "physical_resource_id": "1"}]}""",
          "/v1/default/stacks/web/1/resources",
              """
              {"resources": [{"resource_name": "page", "resource_type": "OS::Heat::None",
                "resource_status": "CREATE_COMPLETE", "required_by": []}]}""",
          "/v1/default/pods", "{\"pods\": []}",
          "/v1/default/instances", "{\"instances\": []}");

  private TrainingRun() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingRun::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      for (List<String> command :
          List.of(
              List.of("--version"),
              List.of("stack", "list"),
              List.of("stack", "list", "--json"),
              List.of("stack", "show", "web"),
              List.of("stack", "resources", "web"),
              List.of("stack", "events", "web"),
              List.of("stack", "check", "web"),
              List.of("pod", "list"),
              List.of("instance", "list"),
              List.of("stack", "--help"),
              List.of("nonsense"))) {
        run(url, command, false);
      }
      run(url, List.of("stack", "check", "web"), true);
      validate(url);
    } finally {
      server.stop(0);
    }
  }

  /** Large enough that what reading a large one takes is seen to be used often. */
  private static void validate(String url) throws IOException {
    StringBuilder template =
        new StringBuilder(
            """
            heat_template_version: 2021-04-16
            parameters:
              name: {type: string, default: web}
            resources:
              r0: {type: OS::Heat::Value, properties: {value: {get_param: name}}}
            """);
    for (int i = 1; i < 2000; i++) {
      template.append(
          """
            r%d:
              type: OS::Heat::Value
              properties:
                value: {list_join: ["-", [{get_attr: [r%d, value]}, "%d"]]}
          """
              .formatted(i, i - 1 - (i - 1) % 10, i));
    }
    Path file = Files.createTempFile("hotpod-training", ".yaml");
    try {
      Files.writeString(file, template);
      run(url, List.of("template", "validate", file.toString()), false);
    } finally {
      Files.delete(file);
    }
  }

  private static void run(String url, List<String> command, boolean interactive) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Session session =
        new Session(
            new Terminal(nowhere, nowhere, interactive, interactive),
            Map.of("HOTPOD_SERVER", url),
            Path.of(""),
            Clock.systemUTC(),
            () -> "00000000-0000-0000-0000-000000000000");
    Hotpod.run(session, command.toArray(String[]::new));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String text = ANSWERS.getOrDefault(exchange.getRequestURI().getPath(), "{}");
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream stream = exchange.getResponseBody()) {
      stream.write(body);
    }
  }
}
