package io.hotpod.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.access.RouteRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What resources keep secret is told where Heat tells it and whoever asks needs it, and in no other
 * answer.
 */
final class TestSecretsOfResources {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PLANTED = "planted-word-51c7";
  private static final String STACK = "/v1/{project}/stacks/{name}/{id}";

  /** What is asked for a config as a resource of the template made it, derived ones aside. */
  private static final String WRITTEN =
      "GET /v1/{project}/software_configs/{config} of the template";

  private static final String FOR_MACHINE =
      "GET /v1/{project}/software_deployments/metadata/{server}";
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true}
      resources:
        random: {type: OS::Heat::RandomString}
        handle: {type: OS::Heat::WaitConditionHandle}
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
          properties:
            group: script
            config: {str_replace: {template: echo WORD, params: {WORD: {get_param: password}}}}
            options: {word: {get_param: password}}
            inputs: [{name: key}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: HEAT_SIGNAL
            input_values: {key: {get_param: password}}
        inside:
          type: OS::Heat::ResourceGroup
          properties:
            count: 1
            resource_def:
              type: OS::Heat::SoftwareConfig
              properties: {config: {get_param: password}}
      """;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Engine engine;
  private HotpodServer server;

  @BeforeEach
  void start() {
    engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    server = HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine);
    engine.reachableAt(server.uri());
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close();
    client.shutdownNow();
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode get(String path) {
    return JSON.readTree(send("GET", path, ""));
  }

  private void awaitStatus(String stack, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(stack).at("/stack/stack_status").asString("").equals(status));
  }

  private String created() {
    ObjectNode body = JSON.createObjectNode().put("stack_name", "web").put("template", TEMPLATE);
    body.putObject("parameters").put("password", PLANTED);
    String id =
        JSON.readTree(send("POST", "/v1/default/stacks", body.toString()))
            .at("/stack/id")
            .asString("");
    return "/v1/default/stacks/web/" + id;
  }

  private static String input(JsonNode run, String name) {
    return run.path("inputs")
        .valueStream()
        .filter(input -> input.path("name").asString("").equals(name))
        .map(input -> input.path("value").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void eachIsToldWhereItBelongsAndNowhereElse() {
    String stack = created();
    String metadata = stack + "/resources/machine/metadata";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !get(metadata).at("/metadata/deployments").isEmpty());
    JsonNode machine = get(metadata).path("metadata");
    String machinePassword = machine.at("/os-collect-config/heat/password").asString("");
    String runPassword = input(machine.at("/deployments/0"), "deploy_password");
    send("POST", stack + "/resources/deploy/signal", "{\"deploy_stdout\": \"said\"}");
    awaitStatus(stack, "CREATE_COMPLETE");
    String random = get(stack + "/resources/random").at("/resource/attributes/value").asString("");
    String token = get(stack + "/resources/handle").at("/resource/attributes/token").asString("");
    String snapshot =
        JSON.readTree(send("POST", stack + "/snapshots", "{}")).at("/snapshot/id").asString("");
    awaitStatus(stack, "SNAPSHOT_COMPLETE");
    assertThat(List.of(machinePassword, runPassword, random, token))
        .allMatch(secret -> secret.length() > 20)
        .doesNotHaveDuplicates();

    Map<String, String> answers = everyAnswer(stack, snapshot, get(stack + "/resources/machine"));
    answers.put("DELETE " + STACK + "/abandon", send("DELETE", stack + "/abandon", ""));

    assertThat(saying(answers, PLANTED))
        .as("the hidden parameter: the machine's work, and the config that has it in its text")
        .containsExactlyInAnyOrder(
            WRITTEN,
            FOR_MACHINE,
            "GET " + STACK + "/resources/machine/metadata",
            "GET " + STACK + "/resources/script");
    assertThat(saying(answers, random))
        .as("the random string: without it, it would be another once it is adopted")
        .containsExactlyInAnyOrder(
            "GET " + STACK + "/resources/random",
            "GET " + STACK + "/export",
            "DELETE " + STACK + "/abandon",
            "GET " + STACK + "/snapshots",
            "GET " + STACK + "/snapshots/{snapshot}");
    assertThat(saying(answers, token))
        .as("the token of the handle")
        .containsExactly("GET " + STACK + "/resources/handle");
    assertThat(saying(answers, machinePassword))
        .as("what the machine is set up with")
        .containsExactlyInAnyOrder(
            "GET " + STACK + "/resources/machine", "GET " + STACK + "/resources/machine/metadata");
    assertThat(saying(answers, runPassword))
        .as("what the machine signals the end of a run with")
        .containsExactlyInAnyOrder(FOR_MACHINE, "GET " + STACK + "/resources/machine/metadata");
  }

  private static Set<String> saying(Map<String, String> answers, String secret) {
    return answers.entrySet().stream()
        .filter(answer -> answer.getValue().contains(secret))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What every question is answered that people may ask about the stack, by what they ask. */
  private Map<String, String> everyAnswer(String stack, String snapshot, JsonNode machine) {
    String machineId = machine.at("/resource/physical_resource_id").asString("");
    JsonNode deployment =
        get("/v1/default/software_deployments").path("software_deployments").path(0);
    List<String> configs =
        get("/v1/default/software_configs")
            .path("software_configs")
            .valueStream()
            .map(config -> config.path("id").asString(""))
            .toList();
    assertThat(configs).hasSizeGreaterThan(2);
    Map<String, String> answers = new LinkedHashMap<>();
    for (String route : RouteRules.all().keySet()) {
      String path = route.substring(route.indexOf(' ') + 1);
      boolean forMachines = path.startsWith("/agent") || path.startsWith("/guest");
      boolean endless = path.endsWith("/logs") || path.endsWith("/stream");
      if (!route.startsWith("GET ") || forMachines || endless) {
        continue;
      }
      String filled =
          path.replace(STACK, stack)
              .replace("{project}", "default")
              .replace("{snapshot}", snapshot)
              .replace("{server}", machineId)
              .replace("{deployment}", deployment.path("id").asString(""));
      if (filled.contains("{resource}")) {
        for (String resource :
            List.of("random", "handle", "config", "machine", "script", "deploy", "inside")) {
          answers.put(
              route.replace("{resource}", resource),
              send(
                  "GET", filled.replace("{resource}", resource).replaceAll("\\{[a-z]+}", "x"), ""));
        }
      } else if (filled.contains("{config}")) {
        for (String config : configs) {
          boolean derived = config.equals(deployment.path("config_id").asString(""));
          answers.merge(
              derived ? route : WRITTEN,
              send("GET", filled.replace("{config}", config), ""),
              String::concat);
        }
      } else {
        answers.put(route, send("GET", filled.replaceAll("\\{[a-z]+}", "web"), ""));
      }
    }
    return answers;
  }
}
