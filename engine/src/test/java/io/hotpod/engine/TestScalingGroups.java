package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Groups whose members have names that say nothing, and chains. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TestScalingGroups {
  private static final String GROUP =
      """
      heat_template_version: 2021-04-16
      resources:
        web:
          type: OS::Heat::AutoScalingGroup
          properties:
            min_size: 1
            max_size: 5
            desired_capacity: 3
            rolling_updates: {max_batch_size: 2}
            resource:
              type: OS::Heat::TestResource
              properties: {value: one}
      outputs:
        size: {value: {get_attr: [web, current_size]}}
        list: {value: {get_attr: [web, outputs_list, output]}}
        by_name: {value: {get_attr: [web, outputs, output]}}
      """;
  private static final String CHAIN =
      """
      heat_template_version: 2021-04-16
      resources:
        web:
          type: OS::Heat::ResourceChain
          properties:
            resources: ['OS::Heat::TestResource', 'OS::Heat::Value', 'OS::Heat::TestResource']
            resource_properties: {value: one}
      outputs:
        refs: {value: {get_attr: [web, refs]}}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private JsonNode output(Stack stack, String name) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .filter(output -> output.key().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private List<ResourceRecord> members(Stack stack) {
    return fixture
        .stacks()
        .resources(
            CALLER,
            fixture.stacks().resource(CALLER, stack.id(), "web").nestedStackId().orElseThrow());
  }

  private List<String> names(Stack stack) {
    return members(stack).stream().map(ResourceRecord::name).toList();
  }

  @Test
  void itHasAsManyMembersAsAreDesired() {
    Stack stack = fixture.create("s", GROUP);

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(output(stack, "size")).hasToString("3");
    assertThat(output(stack, "list")).hasToString("[\"one\",\"one\",\"one\"]");
    assertThat(output(stack, "by_name").propertyNames()).containsExactlyElementsOf(names(stack));
    assertThat(names(stack)).allMatch(name -> name.matches("[a-z2-7]{12}"));
  }

  @Test
  void theOldestGoFirstAndThePlanNamesWhoComes() {
    Stack stack = fixture.create("s", GROUP);
    List<String> first = names(stack);
    String larger = GROUP.replace("desired_capacity: 3", "desired_capacity: 5");
    List<String> planned =
        fixture
            .stacks()
            .previewUpdate(CALLER, stack.id(), EngineFixture.request("", larger))
            .steps()
            .getFirst()
            .nested()
            .stream()
            .map(PlannedStep::resource)
            .toList();

    fixture.update(stack.id(), larger);

    assertThat(names(stack)).containsExactlyElementsOf(planned).containsAll(first);
    fixture.update(stack.id(), GROUP.replace("desired_capacity: 3", "desired_capacity: 2"));
    assertThat(names(stack)).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aChangedDefinitionIsRolledOutInBatches() {
    Stack stack = fixture.create("s", GROUP);
    List<String> before = names(stack);

    fixture.update(stack.id(), GROUP.replace("value: one", "value: two"));

    assertThat(output(stack, "list")).hasToString("[\"two\",\"two\",\"two\"]");
    assertThat(names(stack)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void enoughAreInServiceMeanwhile() {
    String serving = GROUP.replace("{max_batch_size: 2}", "{max_batch_size: 2, min_in_service: 3}");
    Stack stack = fixture.create("s", serving);

    fixture.update(stack.id(), serving.replace("value: one", "value: two"));

    assertThat(output(stack, "list")).hasToString("[\"two\",\"two\",\"two\"]");
  }

  @Test
  void thePlanNamesWhoTakesAnothersPlaceWhileEnoughAreInService() {
    String serving = GROUP.replace("{max_batch_size: 2}", "{max_batch_size: 2, min_in_service: 3}");
    Stack stack = fixture.create("s", serving);
    List<String> before = names(stack);
    String changed = serving.replace("value: one", "value: two");
    String smaller =
        changed
            .replace("value: two", "value: two, update_replace_value: there")
            .replace("desired_capacity: 3", "desired_capacity: 1");

    List<String> planned = staying(stack, changed);
    fixture.update(stack.id(), changed);

    assertThat(names(stack)).containsExactlyInAnyOrderElementsOf(planned).hasSize(3);
    assertThat(planned.stream().filter(before::contains))
        .as("two are new, and one is changed")
        .hasSize(1);
    List<String> plannedThen = staying(stack, smaller);
    fixture.update(stack.id(), smaller);
    assertThat(names(stack)).hasSize(1).containsExactlyElementsOf(plannedThen);
  }

  @Test
  void thePlanNamesWhoStaysWhenAFailedMemberIsRepairedWhileTheGroupShrinks() {
    for (String change : List.of("one", "two")) {
      for (int at = 0; at < 3; at++) {
        Stack stack = fixture.create("s-%s-%d".formatted(change, at), GROUP);
        ResourceRecord failed = members(stack).get(at);
        fixture
            .stacks()
            .markUnhealthy(CALLER, failed.stackId(), failed.name(), Optional.of("it smells"));
        String smaller =
            GROUP
                .replace("value: one", "value: " + change)
                .replace("desired_capacity: 3", "desired_capacity: 2");

        List<String> planned = staying(stack, smaller);
        fixture.update(stack.id(), smaller);

        assertThat(names(stack))
            .as("%d failed, value %s", at, change)
            .hasSize(2)
            .doesNotContain(failed.name())
            .containsExactlyInAnyOrderElementsOf(planned);
      }
    }
  }

  /** The members that a plan leaves. */
  private List<String> staying(Stack stack, String template) {
    List<PlannedStep> steps =
        fixture
            .stacks()
            .previewUpdate(CALLER, stack.id(), EngineFixture.request("", template))
            .steps()
            .getFirst()
            .nested();
    List<String> staying = new ArrayList<>(steps.stream().map(PlannedStep::resource).toList());
    steps.stream()
        .filter(step -> step.kind() == StepKind.DELETE)
        .map(PlannedStep::resource)
        .forEach(going -> staying.removeIf(going::equals));
    return staying;
  }

  @Test
  void withoutADesiredCapacityItStaysAsLargeAsItIsWithinItsBounds() {
    Stack stack = fixture.create("s", GROUP.replace("desired_capacity: 3", "cooldown: 1"));
    assertThat(names(stack)).hasSize(1);

    fixture.update(stack.id(), GROUP);
    fixture.update(stack.id(), GROUP.replace("desired_capacity: 3", "cooldown: 1"));

    assertThat(names(stack)).hasSize(3);
    fixture.update(
        stack.id(),
        GROUP.replace("desired_capacity: 3", "cooldown: 1").replace("max_size: 5", "max_size: 2"));
    assertThat(names(stack)).hasSize(2);
  }

  @Test
  void boundsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> fixture.create("s", GROUP.replace("min_size: 1", "min_size: 4")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("DesiredCapacity must be between MinSize and MaxSize");
  }

  @Test
  void aChainIsMadeInOrder() {
    Stack stack = fixture.create("s", CHAIN);

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(members(stack))
        .extracting(member -> member.name() + " " + member.type() + " " + member.requires())
        .containsExactly(
            "0 OS::Heat::TestResource []", "1 OS::Heat::Value [0]", "2 OS::Heat::TestResource [1]");
    assertThat(output(stack, "refs")).hasSize(3);
    fixture.update(stack.id(), CHAIN.replace(", 'OS::Heat::Value', 'OS::Heat::TestResource'", ""));
    assertThat(names(stack)).containsExactly("0");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aProblemInAChainHasItsPlace() {
    assertThatThrownBy(
            () -> fixture.create("s", CHAIN.replace("OS::Heat::Value", "OS::Heat::Valu")))
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              assertThat(refused.problems().getFirst().location().orElseThrow().line())
                  .isEqualTo(6);
            });
  }
}
