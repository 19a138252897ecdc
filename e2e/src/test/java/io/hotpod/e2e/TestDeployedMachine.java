package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.source.heat.HeatSettings;
import io.hotpod.agent.source.heat.HeatSource;
import io.hotpod.agent.source.heat.InstanceFiles;
import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.server.HotpodServer;
import io.hotpod.server.ServerSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A machine of which this server knows no more than Heat would: our agent reads its metadata and
 * signals as it does under a stock Heat.
 */
final class TestDeployedMachine {
  private static final Caller CALLER = Caller.of("default");
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: COLLECTOR}
        config:
          type: OS::Heat::StructuredConfig
          properties:
            group: kubelet
            config:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers: [{name: web, image: "localhost/web:1"}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: config}
            server: {get_resource: machine}
            signal_transport: SIGNAL
            actions: [CREATE, UPDATE, SUSPEND, RESUME, DELETE]
      """;

  private @TempDir Path directory;
  private Engine engine;
  private HotpodServer server;

  @BeforeEach
  void start() {
    engine =
        Engines.open(
            new EngineSettings(
                directory.resolve("engine"),
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString()));
    server = HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine);
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close();
  }

  private static StackRequest request(String template) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(template),
        "template",
        Map.of(),
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Writes what whoever set the machine up would write. */
  private void configure(Path root, Stack stack) throws IOException {
    JsonNode sections =
        await()
            .ignoreExceptions()
            .until(
                () ->
                    engine
                        .stacks()
                        .attributes(CALLER, stack.id(), "machine")
                        .path("os_collect_config"),
                JsonNode::isObject);
    StringBuilder text = new StringBuilder();
    sections
        .propertyStream()
        .filter(section -> section.getValue().isObject())
        .forEach(
            section -> {
              text.append('[').append(section.getKey()).append("]\n");
              section
                  .getValue()
                  .propertyStream()
                  .forEach(
                      entry ->
                          text.append(entry.getKey())
                              .append(" = ")
                              .append(entry.getValue().asString(""))
                              .append('\n'));
            });
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-collect-config.conf"), text.toString());
  }

  private String settled(Stack stack) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> engine.stacks().find(CALLER, stack.id()),
            present -> present.status() != Status.IN_PROGRESS)
        .combinedStatus();
  }

  @ParameterizedTest
  @CsvSource({
    "POLL_SERVER_HEAT,HEAT_SIGNAL",
    "POLL_SERVER_CFN,CFN_SIGNAL",
    "POLL_TEMP_URL,TEMP_URL_SIGNAL"
  })
  void ourAgentServesIt(String collector, String signal) throws Exception {
    String template = TEMPLATE.replace("COLLECTOR", collector).replace("SIGNAL", signal);
    Stack stack = engine.stacks().create(CALLER, request(template));
    Path root = directory.resolve("machine");
    configure(root, stack);
    try (HeatSource source =
            new HeatSource(
                new HeatSettings(
                    InstanceFiles.below(root),
                    Files.createDirectory(root.resolve("state")),
                    Optional.of(Duration.ofMillis(200))),
                Optional.empty(),
                Clock.systemUTC(),
                new Random(1));
        ReadyMachine machine = new ReadyMachine(source)) {
      assertThat(settled(stack)).isEqualTo("CREATE_COMPLETE");
      assertThat(machine.running()).containsExactly("web");
      assertThat(
              engine
                  .stacks()
                  .attributes(CALLER, stack.id(), "deploy")
                  .path("deploy_status_code")
                  .asInt(-1))
          .isZero();

      engine.stacks().suspend(CALLER, stack.id());
      assertThat(settled(stack)).isEqualTo("SUSPEND_COMPLETE");
      assertThat(machine.running()).isEmpty();
      engine.stacks().resume(CALLER, stack.id());
      assertThat(settled(stack)).isEqualTo("RESUME_COMPLETE");
      assertThat(machine.running()).containsExactly("web");

      engine.stacks().delete(CALLER, stack.id());
      assertThat(settled(stack)).isEqualTo("DELETE_COMPLETE");
      assertThat(machine.running()).isEmpty();
    }
  }
}
