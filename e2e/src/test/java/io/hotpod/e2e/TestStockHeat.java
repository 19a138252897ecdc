package io.hotpod.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The agent and the hook under an unchanged OpenStack Heat, with real pods. */
@Tag("heat")
final class TestStockHeat {
  /** As written for the hook of heat-agents: an old manifest without a name. */
  private static final String PLAIN =
      """
      heat_template_version: 2016-10-14
      parameters:
        server: {type: string}
      resources:
        config:
          type: OS::Heat::StructuredConfig
          properties:
            group: kubelet
            options: {containers_timeout: 30}
            inputs: [{name: image}]
            outputs: [{name: phase}]
            config:
              version: v1beta2
              containers:
                - name: web
                  image: {get_input: image}
                  imagePullPolicy: Never
                  command: [sleep, "86400"]
        web:
          type: OS::Heat::StructuredDeployment
          properties:
            server: {get_param: server}
            config: {get_resource: config}
            input_values: {image: %s}
      outputs:
        phase: {value: {get_attr: [web, phase]}}
      """
          .formatted(TestImage.NAME);

  @RegisterExtension private final Sites sites = Sites.ofEachTest("stock-heat");
  private Site site;
  private StockHeat heat;

  @BeforeEach
  void open() {
    site = sites.open();
    heat = new StockHeat(site.directory());
  }

  private static List<String> ids(List<PodmanContainer> containers) {
    return containers.stream().map(PodmanContainer::id).toList();
  }

  @Test
  void oneTemplateRunsThroughItsLifeAsOnHotpod() {
    HeatMachine machine = HeatMachine.create(heat, "machine-1", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("life");
    site.startHeatAgent("life", machine.osCollectConfig());
    String server = "server=" + machine.id();

    assertThat(heat.apply("create", "shop-1", HeatTemplates.ONE, "--parameter", server))
        .isEqualTo("CREATE_COMPLETE");
    List<PodmanContainer> first = PodmanCli.containers(instance);
    assertThat(first).hasSize(1);
    assertThat(heat.output("shop-1", "phase").asString("")).isEqualTo("Running");
    assertThat(heat.output("shop-1", "address").asString("")).matches("\\d+(\\.\\d+){3}");

    assertThat(
            heat.apply(
                "update",
                "shop-1",
                HeatTemplates.ONE,
                "--parameter",
                server,
                "--parameter",
                "wait_for=RUNNING"))
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(PodmanCli.containers(instance)))
        .as("equal content under a new config restarts nothing")
        .isEqualTo(ids(first));

    assertThat(
            heat.apply(
                "update",
                "shop-1",
                HeatTemplates.ONE,
                "--parameter",
                server,
                "--parameter",
                "greeting=two"))
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(PodmanCli.containers(instance)))
        .hasSize(1)
        .doesNotContainAnyElementsOf(ids(first));

    assertThat(heat.act("suspend", "shop-1")).isEqualTo("SUSPEND_COMPLETE");
    assertThat(PodmanCli.pods(instance)).isEmpty();
    assertThat(heat.act("resume", "shop-1")).isEqualTo("RESUME_COMPLETE");
    assertThat(PodmanCli.containers(instance)).hasSize(1);

    heat.run("stack", "delete", "-y", "shop-1").successful();
    assertThat(heat.awaitEnd("shop-1")).isEqualTo("DELETE_COMPLETE");
    assertThat(PodmanCli.pods(instance)).as("Heat has waited for the pod to go").isEmpty();
  }

  @Test
  void failureIsToldAndMendedByAnUpdateOverTheOtherTransports() throws IOException {
    HeatMachine machine = HeatMachine.create(heat, "machine-2", "POLL_SERVER_CFN");
    assertThat(machine.osCollectConfig()).content().contains("[cfn]");
    String instance = site.heatInstance("mended");
    HotpodProcess agent = site.startHeatAgent("mended", machine.osCollectConfig());
    Path signals =
        heat.file("signals.yaml", "parameter_defaults: {hotpod_signal_transport: HEAT_SIGNAL}\n");
    String server = "server=" + machine.id();

    assertThat(
            heat.apply(
                "create",
                "shop-2",
                HeatTemplates.ONE,
                "-e",
                signals.toString(),
                "--parameter",
                server,
                "--parameter",
                "image=localhost/no-such-image:1"))
        .isEqualTo("CREATE_FAILED");
    assertThat(heat.statusReason("shop-2")).contains("ErrImageNeverPull");

    assertThat(
            heat.apply(
                "update",
                "shop-2",
                HeatTemplates.ONE,
                "-e",
                signals.toString(),
                "--parameter",
                server,
                "--parameter",
                "image=" + TestImage.NAME))
        .isEqualTo("UPDATE_COMPLETE");
    List<PodmanContainer> running = PodmanCli.containers(instance);
    assertThat(running).hasSize(1);

    site.kill(agent);
    site.startHeatAgent("mended", machine.osCollectConfig());
    assertThat(
            heat.apply(
                "update",
                "shop-2",
                HeatTemplates.ONE,
                "-e",
                signals.toString(),
                "--parameter",
                server,
                "--parameter",
                "image=" + TestImage.NAME,
                "--parameter",
                "wait_for=RUNNING"))
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(PodmanCli.containers(instance)))
        .as("neither the killed agent nor the new config restarts anything")
        .isEqualTo(ids(running));
    assertThat(Files.readString(site.agentState("mended").resolve("heat-signals.json")))
        .doesNotContain("\"password\"");
  }

  @Test
  void hookServesWhatWasWrittenForTheOldHook() throws Exception {
    HeatMachine machine = HeatMachine.create(heat, "machine-3", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("hook");
    TestImage.make();
    heat.run(
            "stack",
            "create",
            "-t",
            heat.file("plain.yaml", PLAIN).toString(),
            "--parameter",
            "server=" + machine.id(),
            "shop-3")
        .successful();
    JsonNode config =
        Waiting.patiently("the deployment in the machine's metadata")
            .until(
                () -> heat.metadata("machine-3", "server").path("deployments").path(0),
                deployment -> !deployment.isMissingNode());

    String outputs = hook(config);

    assertThat(status(outputs)).as(outputs).isZero();
    assertThat(PodmanCli.containers(instance)).hasSize(1);
    notify(config, outputs);
    assertThat(heat.awaitEnd("shop-3")).isEqualTo("CREATE_COMPLETE");
    assertThat(heat.output("shop-3", "phase").asString("")).isEqualTo("Running");

    List<PodmanContainer> running = PodmanCli.containers(instance);
    assertThat(status(hook(again(config, "UPDATE")))).isZero();
    assertThat(ids(PodmanCli.containers(instance)))
        .as("equal content under a new config restarts nothing")
        .isEqualTo(ids(running));
    assertThat(status(hook(again(config, "SUSPEND")))).isZero();
    assertThat(PodmanCli.pods(instance)).isEmpty();
    assertThat(status(hook(again(config, "RESUME")))).isZero();
    assertThat(PodmanCli.containers(instance)).hasSize(1);
    assertThat(status(hook(again(config, "DELETE")))).isZero();
    assertThat(PodmanCli.pods(instance)).isEmpty();
  }

  private static int status(String outputs) {
    return Api.JSON.readTree(outputs).path("deploy_status_code").asInt(-1);
  }

  /** The same content for another action: a new config with a new id, as Heat makes it. */
  private static JsonNode again(JsonNode config, String action) {
    ObjectNode copy = (ObjectNode) config.deepCopy();
    copy.put("id", config.path("id").asString("") + "-" + action);
    for (JsonNode input : copy.path("inputs")) {
      if (input.path("name").asString("").equals("deploy_action")) {
        ((ObjectNode) input).put("value", action);
      }
    }
    return copy;
  }

  /** As heat-config runs a hook. */
  private String hook(JsonNode config) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Project.launcher().toString(),
                "hook",
                "--name",
                "hook",
                "--state",
                site.agentState("hook").toString())
            .redirectError(site.directory().resolve("hook.log").toFile())
            .start();
    process.getOutputStream().write(config.toString().getBytes(UTF_8));
    process.getOutputStream().close();
    String outputs = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return outputs;
  }

  /** As heat-config-notify tells Heat: again when nobody answers. */
  private static void notify(JsonNode config, String outputs) {
    String url =
        StreamSupport.stream(config.path("inputs").spliterator(), false)
            .filter(input -> input.path("name").asString("").equals("deploy_signal_id"))
            .map(input -> input.path("value").asString(""))
            .findFirst()
            .orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(outputs))
            .build();
    HttpResponse<String> answer =
        Waiting.patiently("an answer to the signal")
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(
                () ->
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()),
                Objects::nonNull);
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
