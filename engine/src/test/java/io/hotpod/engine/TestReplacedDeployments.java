package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignalTransport;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Two deployments of one name: one that was replaced, and the one that has its place. */
final class TestReplacedDeployments {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: POLL_SERVER_HEAT}
        script:
          type: OS::Heat::SoftwareConfig
          properties:
            group: script
            config: echo
            inputs: [{name: size, replace_on_change: true}]
            outputs: [{name: result}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: TRANSPORT
            actions: [CREATE, DELETE]
            input_values: {size: SIZE}
      outputs:
        result: {value: {get_attr: [deploy, result]}}
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

  private List<SoftwareDeployment> waiting() {
    return fixture.engine().software().deployments(CALLER, Optional.empty()).stream()
        .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
        .toList();
  }

  /** What the machine is to do for an action; waits until it is told. */
  private Map<String, String> told(Stack stack, String action) {
    fixture.until(
        stack.id(),
        now -> waiting().stream().anyMatch(deployment -> deployment.action().equals(action)));
    List<Map<String, String>> runs =
        fixture
            .stacks()
            .metadata(CALLER, stack.id(), "machine")
            .path("deployments")
            .valueStream()
            .map(TestReplacedDeployments::inputs)
            .filter(inputs -> inputs.getOrDefault("deploy_action", "").equals(action))
            .toList();
    assertThat(runs).as("runs of " + action).isNotEmpty();
    return runs.getLast();
  }

  private static Map<String, String> inputs(JsonNode config) {
    return config
        .path("inputs")
        .valueStream()
        .collect(
            Collectors.toMap(
                input -> input.path("name").asString(""),
                input -> input.path("value").asString("")));
  }

  /** Says the end of a run as a machine does that was told of it. */
  private void signal(Stack stack, Map<String, String> inputs, String result) {
    GuestService guests = fixture.engine().guests();
    ObjectNode details = JsonNodeFactory.instance.objectNode().put("result", result);
    String name = inputs.getOrDefault("deploy_resource_name", "");
    switch (SignalTransport.valueOf(inputs.getOrDefault("deploy_signal_transport", ""))) {
      case CFN_SIGNAL -> guests.signal(signed(inputs), SignedPurpose.SIGNAL, details);
      case TEMP_URL_SIGNAL -> guests.signal(signed(inputs), SignedPurpose.OBJECT, details);
      case HEAT_SIGNAL -> {
        GuestService.Session session =
            guests.login(
                inputs.getOrDefault("deploy_user_id", ""),
                inputs.getOrDefault("deploy_password", ""));
        guests.signal("default", stack.id(), name, session.token(), details);
      }
      case TOKEN_SIGNAL, NO_SIGNAL ->
          throw new AssertionError("no transport of deployments waits so");
    }
  }

  private static SignedRequest signed(Map<String, String> inputs) {
    return SignedUrl.read(inputs.getOrDefault("deploy_signal_id", ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"CFN_SIGNAL", "TEMP_URL_SIGNAL", "HEAT_SIGNAL"})
  void theOldOneHearsThatItsRemovalIsDone(SignalTransport transport) {
    String template = TEMPLATE.replace("TRANSPORT", transport.name());
    Stack stack = fixture.stacks().create(CALLER, request("s", template.replace("SIZE", "1")));
    signal(stack, told(stack, "CREATE"), "old");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    String old = fixture.stacks().resource(CALLER, stack.id(), "deploy").id();

    fixture.stacks().update(CALLER, stack.id(), request("", template.replace("SIZE", "2")));
    fixture.until(
        stack.id(), now -> waiting().stream().anyMatch(each -> each.action().equals("CREATE")));
    Map<String, String> created = createdOfAnother(stack, old);
    signal(stack, created, "new");
    Map<String, String> removed = told(stack, "DELETE");
    String present = fixture.stacks().resource(CALLER, stack.id(), "deploy").id();
    assertThat(present).as("who has the name").isNotEqualTo(old);
    assertThat(waiting()).extracting(SoftwareDeployment::id).containsExactly(old);
    assertThat(removed.get("deploy_resource_name")).isEqualTo("deploy");

    signal(stack, created, "late");
    assertThat(waiting()).as("the word of the new one ends nothing").hasSize(1);
    signal(stack, removed, "gone");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty()))
        .extracting(SoftwareDeployment::id)
        .containsExactly(present);
    assertThat(fixture.attribute(stack.id(), "deploy", "result")).isEqualTo("new");
  }

  /** The run of the deployment that is made in the place of the old one, whose run is told too. */
  private Map<String, String> createdOfAnother(Stack stack, String old) {
    String config =
        waiting().stream()
            .filter(deployment -> !deployment.id().equals(old))
            .map(SoftwareDeployment::configId)
            .findFirst()
            .orElseThrow();
    return fixture
        .stacks()
        .metadata(CALLER, stack.id(), "machine")
        .path("deployments")
        .valueStream()
        .filter(run -> run.path("id").asString("").equals(config))
        .map(TestReplacedDeployments::inputs)
        .findFirst()
        .orElseThrow();
  }
}
