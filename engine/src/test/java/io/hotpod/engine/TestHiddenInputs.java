package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a deployment hides is known to its machine and to nobody else. */
final class TestHiddenInputs {
  private static final String ROOT =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true, default: flows-in-81c2}
      resources:
        inside: {type: inside.yaml, properties: {word: {get_param: password}}}
        group:
          type: OS::Heat::ResourceGroup
          properties:
            resource_def: {type: OS::Heat::Value, properties: {value: {get_param: password}}}
      """;

  private static final String INSIDE =
      """
      heat_template_version: 2018-08-31
      parameters:
        word: {type: string}
      resources:
        script:
          type: OS::Heat::SoftwareConfig
          properties:
            group: script
            config: "true"
            inputs: [{name: key, hidden: true, default: by-default-55d0}, {name: seen}, {name: word}]
            outputs: [{name: token, hidden: true, error_output: true}, {name: open}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: machine
            input_values: {key: is-hidden-37aa, seen: plain-words, word: {get_param: word}}
      outputs:
        token: {value: {get_attr: [deploy, token]}}
        open: {value: {get_attr: [deploy, open]}}
      """;

  private static final List<String> SECRETS =
      List.of("flows-in-81c2", "by-default-55d0", "is-hidden-37aa", "came-back-e4f1");

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

  private SoftwareDeployment onlyDeployment() {
    return fixture.engine().software().deployments(CALLER, Optional.of("machine")).getFirst();
  }

  @Test
  void onlyTheMachineSeesThem() {
    SoftwareService software = fixture.engine().software();
    StackRequest request = TestNestedStacks.request("s", ROOT, Map.of("inside.yaml", INSIDE), "{}");
    Stack stack = fixture.stacks().create(CALLER, request);
    fixture.until(
        stack.id(), each -> !software.deployments(CALLER, Optional.of("machine")).isEmpty());
    String machine =
        software.machine(CALLER, "machine", Optional.empty(), Duration.ZERO).orElseThrow().configs()
            + "";
    assertThat(machine).contains("is-hidden-37aa", "flows-in-81c2", "plain-words");
    Stack inner =
        fixture
            .stacks()
            .inside(CALLER, fixture.stacks().resource(CALLER, stack.id(), "inside").id())
            .orElseThrow();
    ObjectNode signal = JsonNodeFactory.instance.objectNode().put("token", "came-back-e4f1");
    signal.put("open", "it was flows-in-81c2");
    fixture.stacks().signal(CALLER, inner.id(), "deploy", signal);
    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.FAILED);

    List<String> told = new ArrayList<>();
    SoftwareDeployment deployment = onlyDeployment();
    told.add(deployment.inputValues() + " " + deployment.outputValues());
    told.add(deployment.statusReason());
    SoftwareDeployment again = software.deployment(CALLER, deployment.id());
    told.add(again.inputValues() + " " + again.outputValues() + again.statusReason());
    for (SoftwareConfig config : software.configs(CALLER, Optional.empty(), Optional.empty())) {
      SoftwareConfig shown = software.config(CALLER, config.id());
      told.add(config.inputs() + " " + shown.inputs() + shown.config() + config.config());
    }
    told.add("" + fixture.stacks().attributes(CALLER, inner.id(), "deploy"));
    told.add("" + fixture.stacks().details(CALLER, inner.id(), true).outputs());
    told.add("" + fixture.stacks().attributes(CALLER, stack.id(), "inside"));
    assertThat(told).filteredOn(text -> text.contains("it was ******")).hasSizeGreaterThan(4);
    told.add(fixture.stacks().find(CALLER, stack.id()).statusReason());
    told.add("" + fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL));
    told.add("" + fixture.stacks().events(CALLER, inner.id(), EventFilter.ALL));
    told.add(fixture.stacks().find(CALLER, inner.id()).statusReason());

    assertThat(told).anyMatch(text -> text.contains("plain-words"));
    assertThat(deployment.inputValues().path("key").asString()).isEqualTo("******");
    assertThat(deployment.inputValues().path("word").asString()).isEqualTo("******");
    for (String secret : SECRETS) {
      assertThat(told).as(secret).noneMatch(text -> text.contains(secret));
    }
    assertThat(fixture.stacks().export(CALLER, stack.id()).at("/resources").toString())
        .as("what was handed in")
        .contains("\"group\"", "\"deploy\"", "******")
        .doesNotContain("flows-in-81c2");
  }
}
