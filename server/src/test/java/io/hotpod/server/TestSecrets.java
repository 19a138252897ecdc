package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.access.RouteRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Secrets that go in by hidden parameters are in no answer to people, and in no log. */
final class TestSecrets {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OLD = "planted-old-1f0e";
  private static final String NEW = "planted-new-8d2b";
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true, constraints: [{length: {max: 20}}]}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: password}]
            secrets: {credentials: {key: {get_param: password}}}
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers:
                  - name: web
                    image: web:1
                    args: [--password, {get_input: password}]
                    env:
                      - {name: PASSWORD, value: {get_input: password}}
        pod:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: machine
            input_values: {password: {get_param: password}}
        nowhere:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: {get_param: password}
            input_values: {password: ""}
      """;

  @TempDir private Path directory;
  private final Logger logger = Logger.getLogger("io.hotpod");
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Handler handler = recording();
  private final HttpClient client = HttpClient.newHttpClient();
  private Engine engine;
  private HotpodServer server;

  private Handler recording() {
    SimpleFormatter formatter = new SimpleFormatter();
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        log.add(formatter.format(record));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @BeforeEach
  void start() {
    handler.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    engine =
        Engines.open(
            new EngineSettings(
                directory.resolve("engine"),
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString()));
    server =
        HotpodServer.start(
            ServerSettings.withoutAuthentication("127.0.0.1", 0)
                .withAudit(directory.resolve("audit.log")),
            engine);
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close();
    client.shutdownNow();
    logger.removeHandler(handler);
    logger.setLevel(null);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String request(String password) {
    return request(password, TEMPLATE);
  }

  private static String request(String password, String template) {
    ObjectNode body = JSON.createObjectNode().put("stack_name", "web").put("template", template);
    body.putObject("parameters").put("password", password);
    return body.toString();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private void enrol() {
    String token =
        json(send("POST", "/v1/default/join_tokens", "{\"valid_minutes\": 5}"))
            .path("join_token")
            .stringValue();
    ObjectNode body = JSON.createObjectNode().put("join_token", token).put("name", "machine");
    assertThat(send("POST", "/agent/v1/enrol", body.toString()).statusCode()).isLessThan(300);
  }

  @Test
  void noAnswerAndNoLogSaysThem() throws IOException {
    enrol();
    HttpResponse<String> created = send("POST", "/v1/default/stacks", request(OLD));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String id = json(created).path("stack").path("id").stringValue();
    String stack = "/v1/default/stacks/web/" + id;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> send("GET", stack + "/events", "").body().contains("there is no instance"));

    List<String> told = new ArrayList<>();
    told.add(created.body());
    told.add(send("PUT", stack + "/preview", request(NEW)).body());
    told.add(send("PUT", stack + "/preview", request(NEW + "-and-so-on-and-on")).body());
    String placed = request(NEW, TEMPLATE.substring(0, TEMPLATE.indexOf("  nowhere:")));
    HttpResponse<String> plan = send("PUT", stack + "/preview", placed);
    assertThat(plan.body()).as("what changes is shown").contains("args", "******");
    told.add(plan.body());
    HttpResponse<String> fresh =
        send("POST", "/v1/default/stacks/preview", placed.replace("\"web\"", "\"fresh\""));
    assertThat(fresh.body()).as("properties are shown").contains("manifest", "******");
    told.add(fresh.body());
    told.add(send("POST", "/v1/default/validate", request(NEW)).body());
    told.addAll(everyAnswer(id));
    told.addAll(log);
    told.add(Files.readString(directory.resolve("audit.log")));

    assertThat(told).hasSizeGreaterThan(20);
    for (String secret : List.of(OLD, NEW)) {
      String coded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)).substring(0, 12);
      assertThat(told).noneMatch(text -> text.contains(secret));
      assertThat(told).noneMatch(text -> text.contains(coded));
    }
  }

  /** What every question is answered that people may ask about the stack. */
  private List<String> everyAnswer(String id) {
    Map<String, String> names = Map.of("{project}", "default", "{id}", id);
    List<String> answers = new ArrayList<>();
    for (String route : RouteRules.all().keySet()) {
      String path = route.substring(route.indexOf(' ') + 1);
      boolean forMachines = path.startsWith("/agent") || path.startsWith("/guest");
      boolean endless = path.endsWith("/logs") || path.endsWith("/stream");
      if (!route.startsWith("GET ") || forMachines || endless) {
        continue;
      }
      for (String resource : List.of("config", "pod", "nowhere")) {
        String filled = path.replace("{resource}", resource);
        for (Map.Entry<String, String> name : names.entrySet()) {
          filled = filled.replace(name.getKey(), name.getValue());
        }
        filled = filled.replace("{name}", path.contains("stacks") ? "web" : "machine");
        filled = filled.replaceAll("\\{[a-z]+}", "none");
        answers.add(send("GET", filled, "").body());
        if (filled.equals(path)) {
          break;
        }
      }
    }
    return answers;
  }
}
