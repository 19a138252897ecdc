package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same config on several machines, in batches. */
final class TestSoftwareDeploymentGroups {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        script:
          type: OS::Heat::SoftwareConfig
          properties: {group: script, config: "echo", outputs: [{name: result}]}
        all:
          type: OS::Heat::SoftwareDeploymentGroup
          update_policy: {batch_create: {max_batch_size: 1}}
          properties:
            config: {get_resource: script}
            servers: {one: machine-1, two: machine-2}
            signal_transport: HEAT_SIGNAL
      outputs:
        results: {value: {get_attr: [all, result]}}
        codes: {value: {get_attr: [all, deploy_status_codes]}}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private JsonNode config(String machine) {
    return fixture
        .engine()
        .software()
        .machine(CALLER, machine, Optional.empty(), Duration.ZERO)
        .orElseThrow()
        .configs()
        .path(0);
  }

  private static String input(JsonNode config, String name) {
    return config
        .path("inputs")
        .valueStream()
        .filter(input -> input.path("name").asString("").equals(name))
        .map(input -> input.path("value").asString(""))
        .findFirst()
        .orElse("");
  }

  private void finish(String machine, String details) {
    await().until(() -> config(machine).has("id"));
    JsonNode config = config(machine);
    GuestService guests = fixture.engine().guests();
    GuestService.Session session =
        guests.login(input(config, "deploy_user_id"), input(config, "deploy_password"));
    String stackId = input(config, "deploy_stack_id");
    guests.signal(
        "default",
        stackId.substring(stackId.indexOf('/') + 1),
        input(config, "deploy_resource_name"),
        session.token(),
        JsonMapper.shared().readValue(details, ObjectNode.class));
  }

  @Test
  void machinesGetTheConfigInBatches() {
    Stack stack = fixture.stacks().create(CALLER, request("s", TEMPLATE));
    await().until(() -> config("machine-1").has("id"));
    assertThat(config("machine-2").has("id")).as("the second batch").isFalse();
    finish("machine-1", "{\"result\":\"first\",\"deploy_status_code\":0}");
    finish("machine-2", "{\"result\":\"second\",\"deploy_status_code\":0}");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.stacks().attributes(CALLER, stack.id(), "all").path("deploy_status_codes"))
        .hasToString("{\"one\":0,\"two\":0}");
    assertThat(fixture.stacks().details(CALLER, stack.id(), true).outputs().getFirst().value())
        .hasToString("{\"one\":\"first\",\"two\":\"second\"}");

    assertThat(fixture.update(stack.id(), TEMPLATE).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty())).isEmpty();
  }

  @Test
  void oneMachineThatFailsFailsTheGroup() {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                request(
                    "s",
                    TEMPLATE.replace(
                        "    update_policy: {batch_create: {max_batch_size: 1}}\n", "")));
    finish("machine-1", "{\"deploy_status_code\":4}");
    // What has begun is waited for.
    finish("machine-2", "{\"deploy_status_code\":0}");

    assertThat(fixture.settled(stack.id()).statusReason())
        .contains("resources.all", "resources.one", "non-zero status code: 4");
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty()))
        .extracting(SoftwareDeployment::status)
        .contains(Status.FAILED);
  }

  /** The last of them first. */
  @Test
  void aNewConfigGoesFromMachineToMachine() {
    String template =
        TEMPLATE.replace(
            "update_policy: {batch_create: {max_batch_size: 1}}",
            "update_policy: {rolling_update: {max_batch_size: 1}}");
    Stack stack = fixture.stacks().create(CALLER, request("s", template));
    finish("machine-1", "{}");
    finish("machine-2", "{}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");

    fixture.stacks().update(CALLER, stack.id(), request("", template.replace("echo", "true")));
    await().until(() -> text("machine-2").equals("true"));
    assertThat(text("machine-1")).as("before the other has ended").isEqualTo("echo");
    finish("machine-2", "{}");
    await().until(() -> text("machine-1").equals("true"));
    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
    finish("machine-1", "{}");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  private String text(String machine) {
    return config(machine).path("config").asString("");
  }

  @Test
  void aFailureStopsANewConfigOnItsWay() {
    String template =
        TEMPLATE.replace(
            "update_policy: {batch_create: {max_batch_size: 1}}",
            "update_policy: {rolling_update: {max_batch_size: 1}}");
    Stack stack = fixture.stacks().create(CALLER, request("s", template));
    finish("machine-1", "{}");
    finish("machine-2", "{}");
    fixture.settled(stack.id());

    fixture.stacks().update(CALLER, stack.id(), request("", template.replace("echo", "false")));
    await().until(() -> text("machine-2").equals("false"));
    finish("machine-2", "{\"deploy_status_code\":1}");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_FAILED");
    assertThat(text("machine-1")).as("what works goes on").isEqualTo("echo");
  }

  @Test
  void eachMachineGetsAStructuredConfigFilledIn() {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                request(
                    "s",
                    """
                    heat_template_version: 2018-08-31
                    resources:
                      config:
                        type: OS::Heat::StructuredConfig
                        properties:
                          group: file
                          config: {path: {put: where}}
                          inputs: [{name: where}]
                          outputs: [{name: result}]
                      all:
                        type: OS::Heat::StructuredDeploymentGroup
                        properties:
                          config: {get_resource: config}
                          servers: {one: machine-1, two: machine-2}
                          signal_transport: HEAT_SIGNAL
                          input_key: put
                          input_values_validate: STRICT
                          input_values: {where: /etc}
                    """));
    finish("machine-1", "{\"result\":\"first\"}");
    finish("machine-2", "{\"result\":\"second\"}");

    Stack created = fixture.settled(stack.id());
    assertThat(created.combinedStatus()).as(created.statusReason()).isEqualTo("CREATE_COMPLETE");
    for (String machine : List.of("machine-1", "machine-2")) {
      assertThat(config(machine).path("config")).hasToString("{\"path\":\"/etc\"}");
    }
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty())).hasSize(2);
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty())).isEmpty();
  }
}
