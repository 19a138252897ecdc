package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodCondition;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import io.hotpod.pod.PodTransition;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
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
      outputs:
        said: {value: {get_attr: [pod, containers]}}
        inside: {value: {get_attr: [pod, containers, 0, last_termination, message]}}
      """;

  /** A stack that comes to be, with what is kept of one: a snapshot, configs, a deployment. */
  private static final String KEPT =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            secrets: {credentials: {key: {get_param: password}}}
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec: {containers: [{name: web, image: "web:1"}]}
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: POLL_SERVER_HEAT}
        script:
          type: OS::Heat::SoftwareConfig
          properties: {group: script, config: echo, inputs: [{name: key}], outputs: [{name: said}]}
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: HEAT_SIGNAL
            input_values: {key: {get_param: password}}
      outputs:
        pod_config: {value: {get_attr: [config, show]}}
        deployment: {value: {get_attr: [deploy, show]}}
      """;

  /** What a machine is told it needs for its work; TestSecretsOfResources says what that is. */
  private static final String FOR_THE_MACHINE = "/metadata";

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
    return request("web", password, template);
  }

  private static String request(String name, String password, String template) {
    ObjectNode body = JSON.createObjectNode().put("stack_name", name).put("template", template);
    body.putObject("parameters").put("password", password);
    return body.toString();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** Gives the id of the instance. */
  private String enrol() {
    String token =
        json(send("POST", "/v1/default/join_tokens", "{\"valid_minutes\": 5}"))
            .path("join_token")
            .stringValue();
    ObjectNode body = JSON.createObjectNode().put("join_token", token).put("name", "machine");
    return json(send("POST", "/agent/v1/enrol", body.toString())).path("instance_id").stringValue();
  }

  /** The pod that is wanted reports words in every place that has room for some. */
  private void say(String instanceId, String words) {
    DesiredPods desired =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> engine.instances().awaitDesired(instanceId, -1, Duration.ZERO).orElseThrow(),
                wanted -> !wanted.pods().isEmpty());
    DesiredPod pod = desired.pods().getFirst();
    ContainerState.Terminated last =
        new ContainerState.Terminated(1, "Error", words, Optional.empty(), Optional.empty());
    List<ContainerStatus> containers =
        List.of(
            new ContainerStatus(
                "web",
                new ContainerState.Waiting("ImagePullBackOff", words),
                Optional.of(last),
                false,
                false,
                1,
                1,
                "registry/" + words,
                Optional.of("image of " + words),
                Optional.empty()));
    Instant now = Instant.now();
    ObservedPod observed =
        new ObservedPod(
            pod.id(),
            "web",
            pod.token(),
            PodPhase.PENDING,
            false,
            false,
            "InternalError",
            words,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new PodCondition("Ready", false, "NotReady", words)),
            containers,
            containers);
    engine
        .instances()
        .report(
            instanceId,
            new PodReport(
                "session",
                1,
                desired.version(),
                now,
                new InstanceFacts("host", "1", "podman", "4", ""),
                List.of(observed),
                Optional.of(
                    new PodHistory(
                        "journal", List.of(new PodTransition(1, now, pod.id(), true, words, 0))))));
  }

  @Test
  void noAnswerAndNoLogSaysThem() throws IOException {
    String instanceId = enrol();
    HttpResponse<String> created = send("POST", "/v1/default/stacks", request(OLD));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String id = json(created).path("stack").path("id").stringValue();
    String stack = "/v1/default/stacks/web/" + id;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> send("GET", stack + "/events", "").body().contains("there is no instance"));

    say(instanceId, "said-by-runtime, " + OLD);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(stack + "/resources/pod").toString().contains("cannot start yet"));

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
    String kept = kept();
    Map<String, String> answers = everyAnswer(stack);
    answers.putAll(everyAnswer(kept));
    assertAsked(answers.keySet());
    for (String repeated : List.of("/resources/pod", "/outputs/said", "/outputs/inside")) {
      assertThat(answers.get(stack + repeated)).contains("said-by-runtime, ******");
    }
    told.addAll(log);
    told.add(Files.readString(directory.resolve("audit.log")));

    for (String secret : List.of(OLD, NEW)) {
      String coded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)).substring(0, 12);
      assertThat(answers)
          .allSatisfy((path, answer) -> assertThat(answer).as(path).doesNotContain(secret, coded));
      assertThat(told).noneMatch(text -> text.contains(secret));
      assertThat(told).noneMatch(text -> text.contains(coded));
    }
  }

  /** Each kind of thing that is kept was asked for, by an id that there is. */
  private static void assertAsked(Set<String> paths) {
    for (String kind :
        List.of(
            "/stacks/web/.*/events/[^/]+",
            "/stacks/web/.*/resources/nowhere",
            "/stacks/kept/.*/events/[^/]+",
            "/stacks/kept/.*/snapshots/[^/]+",
            "/stacks/kept/.*/outputs/deployment",
            "/stacks/kept/.*/resources/deploy",
            "/software_configs/[^/]+",
            "/software_deployments/[^/]+",
            "/pods/[^/]+",
            "/instances/machine")) {
      assertThat(paths).as(kind).anyMatch(path -> path.matches("/v1/default" + kind));
    }
  }

  /** Makes the stack of which more is kept, with a snapshot, and gives its path. */
  private String kept() {
    HttpResponse<String> created = send("POST", "/v1/default/stacks", request("kept", OLD, KEPT));
    String stack =
        "/v1/default/stacks/kept/" + json(created).path("stack").path("id").stringValue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                !get(stack + "/resources/machine/metadata").at("/metadata/deployments").isEmpty());
    send("POST", stack + "/resources/deploy/signal", "{\"said\": \"done\"}");
    awaitStatus(stack, "CREATE_COMPLETE");
    send("POST", stack + "/snapshots", "{}");
    awaitStatus(stack, "SNAPSHOT_COMPLETE");
    return stack;
  }

  private void awaitStatus(String stack, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(stack).at("/stack/stack_status").asString(""), status::equals);
  }

  private JsonNode get(String path) {
    return json(send("GET", path, ""));
  }

  /** The texts of one field in each of a list. */
  private List<String> texts(String path, String list, String field) {
    return get(path).path(list).valueStream().map(each -> each.path(field).asString("")).toList();
  }

  /** What may stand for each variable of a path: everything that there is. */
  private Map<String, List<String>> things(String stack) {
    Map<String, List<String>> things = new LinkedHashMap<>();
    // Instances and stacks were named before.
    things.put("{name}", texts("/v1/default/pods", "pods", "id"));
    things.put("{resource}", texts(stack + "/resources", "resources", "resource_name"));
    things.put("{snapshot}", texts(stack + "/snapshots", "snapshots", "id"));
    things.put("{key}", texts(stack + "/outputs", "outputs", "output_key"));
    things.put("{config}", texts("/v1/default/software_configs", "software_configs", "id"));
    things.put(
        "{deployment}", texts("/v1/default/software_deployments", "software_deployments", "id"));
    things.put("{type}", List.of("OS::Kubernetes::PodConfig", "OS::Heat::SoftwareDeployment"));
    return things;
  }

  /** What every question is answered that people may ask about a stack and what belongs to it. */
  private Map<String, String> everyAnswer(String stack) {
    Map<String, List<String>> things = things(stack);
    Map<String, String> answers = new LinkedHashMap<>();
    for (String route : RouteRules.all().keySet()) {
      String path = route.substring(route.indexOf(' ') + 1);
      boolean forMachines =
          path.matches("/(agent|guest|servers|identity).*") || path.contains(FOR_THE_MACHINE);
      boolean endless =
          path.endsWith("/logs") || path.endsWith("/stream") || path.endsWith("/empty");
      if (route.startsWith("GET ") && !forMachines && !endless) {
        for (String filled : filled(path, stack, things)) {
          HttpResponse<String> response = send("GET", filled, "");
          assertThat(response.statusCode()).as(filled).isLessThan(400);
          answers.put(filled, response.body());
        }
      }
    }
    return answers;
  }

  /** A path with all that may stand for its variables. */
  private List<String> filled(String path, String stack, Map<String, List<String>> things) {
    String name = stack.split("/", -1)[4];
    String begun =
        path.replace("/v1/{project}/stacks/{name}/{id}", stack)
            .replace("/v1/{project}/stacks/{name}", "/v1/default/stacks/" + name)
            .replace("{project}", "default")
            .replace("/{version}/functions", "/heat_template_version.2018-08-31/functions")
            .replace("/{version}", "/v1")
            .replace("/instances/{name}", "/instances/machine");
    if (begun.contains("{event}")) {
      return get(stack + "/events")
          .path("events")
          .valueStream()
          .filter(event -> !event.path("resource_name").asString("").equals(name))
          .map(
              event ->
                  begun
                      .replace("{resource}", event.path("resource_name").asString(""))
                      .replace("{event}", event.path("id").asString("")))
          .toList();
    }
    List<String> paths = List.of(begun);
    for (Map.Entry<String, List<String>> thing : things.entrySet()) {
      paths =
          paths.stream()
              .flatMap(
                  each ->
                      each.contains(thing.getKey())
                          ? thing.getValue().stream()
                              .map(value -> each.replace(thing.getKey(), value))
                          : Stream.of(each))
              .toList();
    }
    assertThat(paths).as(path).noneMatch(each -> each.contains("{"));
    return paths;
  }
}
