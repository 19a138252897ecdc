package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TestScalingPolicies {
  private static final ObjectNode NOTHING = JsonMapper.shared().createObjectNode();
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        web:
          type: OS::Heat::AutoScalingGroup
          properties:
            min_size: 1
            max_size: 3
            resource: {type: OS::Heat::TestResource}
        up:
          type: OS::Heat::ScalingPolicy
          properties:
            auto_scaling_group_id: {get_resource: web}
            adjustment_type: change_in_capacity
            scaling_adjustment: 1
        down:
          type: OS::Heat::ScalingPolicy
          properties:
            auto_scaling_group_id: {get_resource: web}
            adjustment_type: change_in_capacity
            scaling_adjustment: -1
            cooldown: 600
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

  private String inside(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "web").nestedStackId().orElseThrow();
  }

  private List<String> names(Stack stack) {
    return fixture.stacks().resources(CALLER, inside(stack)).stream()
        .map(ResourceRecord::name)
        .toList();
  }

  private void signal(Stack stack, String policy) {
    fixture.stacks().signal(CALLER, stack.id(), policy, NOTHING);
    fixture.until(inside(stack), found -> found.status() != Status.IN_PROGRESS);
  }

  private List<String> signals(Stack stack, String policy) {
    return fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
        .filter(event -> event.resourceName().equals(policy))
        .map(event -> event.reason())
        .filter(reason -> reason.startsWith("Signal"))
        .toList();
  }

  @Test
  void aSignalScalesWithinTheBounds() {
    Stack stack = fixture.create("s", TEMPLATE);
    List<String> first = names(stack);

    signal(stack, "up");
    assertThat(names(stack)).hasSize(2).containsAll(first);
    signal(stack, "up");
    signal(stack, "up");

    assertThat(names(stack)).hasSize(3);
    assertThat(signals(stack, "up"))
        .as("the third changed nothing")
        .containsExactly(
            "Signal: No signal details provided", "Signal: No signal details provided");
    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.update(stack.id(), TEMPLATE).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(names(stack)).as("without a desired capacity the size stays").hasSize(3);
  }

  @Test
  void aCooldownLetsTimePassAlsoOverARestart() {
    Stack stack = fixture.create("s", TEMPLATE);
    signal(stack, "up");
    signal(stack, "up");
    List<String> three = names(stack);

    signal(stack, "down");
    assertThat(names(stack)).containsExactlyElementsOf(three.subList(1, 3));
    fixture.restart();
    signal(stack, "down");

    assertThat(names(stack)).hasSize(2);
    assertThat(signals(stack, "down")).hasSize(1);
  }

  @Test
  void aGroupThatIsSuspendedIsNotScaled() {
    Stack stack = fixture.create("s", TEMPLATE);
    Stack elsewhere =
        fixture.create(
            "policies",
            """
            heat_template_version: 2021-04-16
            resources:
              up:
                type: OS::Heat::ScalingPolicy
                properties:
                  auto_scaling_group_id: GROUP
                  adjustment_type: change_in_capacity
                  scaling_adjustment: 1
            """
                .replace("GROUP", inside(stack)));
    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");

    fixture.stacks().signal(CALLER, elsewhere.id(), "up", NOTHING);

    assertThat(names(stack)).hasSize(1);
    assertThat(signals(elsewhere, "up")).isEmpty();
    assertThat(fixture.stacks().find(CALLER, inside(stack)).combinedStatus())
        .isEqualTo("SUSPEND_COMPLETE");
  }

  @Test
  void aGroupIsNotScaledBetweenTwoBatches() {
    String rolling =
        TEMPLATE
            .replace(
                "min_size: 1",
                "min_size: 2\n      rolling_updates: {max_batch_size: 1, pause_time: 600}")
            .replace("TestResource}", "TestResource, properties: {value: VERSION}}");
    Stack stack = fixture.create("s", rolling.replace("VERSION", "one"));
    String inside = inside(stack);
    fixture.stacks().update(CALLER, stack.id(), request("", rolling.replace("VERSION", "two")));
    fixture.until(
        stack.id(), now -> fixture.stacks().find(CALLER, inside).action() == Action.UPDATE);
    fixture.until(inside, now -> now.status() == Status.COMPLETE);

    signal(stack, "up");

    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(names(stack)).hasSize(2);
    assertThat(signals(stack, "up")).isEmpty();
  }

  @Test
  void aPolicyKnowsItsUrlsAndWhatItCannotDo() {
    Stack stack = fixture.create("s", TEMPLATE);

    assertThat(fixture.attribute(stack.id(), "up", "alarm_url"))
        .startsWith("http://127.0.0.1:8004/guest/cfn/v1/signal/");
    assertThat(fixture.attribute(stack.id(), "up", "signal_url"))
        .endsWith("/" + stack.id() + "/resources/up/signal");
    assertThatThrownBy(
            () ->
                fixture.update(
                    stack.id(), TEMPLATE.replace("cooldown: 600", "min_adjustment_step: 2")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("percent_change_in_capacity");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }
}
