package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.document.Problem;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TestResourceGroups {
  private static final String GROUP =
      """
      heat_template_version: 2021-04-16
      parameters:
        count: {type: number, default: 3}
        value: {type: string, default: one}
        removed: {type: json, default: []}
      resources:
        web:
          type: OS::Heat::ResourceGroup
          update_policy: {}
          properties:
            count: {get_param: count}
            removal_policies: [{resource_list: {get_param: removed}}]
            resource_def:
              type: OS::Heat::TestResource
              properties: {value: {list_join: ['-', [{get_param: value}, 'm%index%']]}}
        last:
          type: OS::Heat::Value
          properties: {value: {get_attr: [web, refs]}}
      outputs:
        values: {value: {get_attr: [web, output]}}
        by_name: {value: {get_attr: [web, attributes, output]}}
        second: {value: {get_attr: [web, resource.1.output]}}
        letter: {value: {get_attr: [web, output, 0]}}
        refs_map: {value: {get_attr: [web, refs_map]}}
        removed: {value: {get_attr: [web, removed_rsrc_list]}}
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

  private static StackRequest request(String template, String parameters) {
    return TestNestedStacks.request("s", template, Map.of(), "parameters: {" + parameters + "}");
  }

  private Stack create(String template, String parameters) {
    return fixture.settled(fixture.stacks().create(CALLER, request(template, parameters)).id());
  }

  private Stack update(Stack stack, String template, String parameters) {
    fixture.stacks().update(CALLER, stack.id(), request(template, parameters));
    return fixture.settled(stack.id());
  }

  private String output(Stack stack, String name) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .filter(output -> output.key().equals(name))
        .map(Output::value)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private ResourceRecord group(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "web");
  }

  private List<String> members(Stack stack) {
    return fixture.stacks().resources(CALLER, group(stack).nestedStackId().orElseThrow()).stream()
        .map(resource -> resource.name() + " " + resource.combinedStatus())
        .toList();
  }

  /** What happened inside: stack events as {@code *}, the others by name. */
  private List<String> events(Stack stack) {
    Stack inside = fixture.stacks().find(CALLER, group(stack).nestedStackId().orElseThrow());
    return fixture.stacks().events(CALLER, inside.id(), EventFilter.ALL).reversed().stream()
        .map(
            event ->
                (event.resourceName().equals(inside.name()) ? "*" : event.resourceName())
                    + " "
                    + event.action()
                    + "_"
                    + event.status())
        .toList();
  }

  @Test
  void membersAreNamedByNumberAndAskedAsList() {
    Stack stack = create(GROUP, "");

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(members(stack))
        .containsExactly("0 CREATE_COMPLETE", "1 CREATE_COMPLETE", "2 CREATE_COMPLETE");
    assertThat(output(stack, "values")).isEqualTo("[\"one-m0\",\"one-m1\",\"one-m2\"]");
    assertThat(output(stack, "by_name"))
        .isEqualTo("{\"0\":\"one-m0\",\"1\":\"one-m1\",\"2\":\"one-m2\"}");
    assertThat(output(stack, "second")).isEqualTo("\"one-m1\"");
    assertThat(output(stack, "letter")).isEqualTo("[\"o\",\"o\",\"o\"]");
    assertThat(output(stack, "refs_map")).startsWith("{\"0\":\"");
    assertThat(fixture.stacks().attributes(CALLER, stack.id(), "last").path("value")).hasSize(3);
  }

  @Test
  void itGrowsAndShrinksAtTheEnd() {
    Stack stack = create(GROUP, "");

    update(stack, GROUP, "count: 5");
    assertThat(members(stack)).hasSize(5).contains("0 CREATE_COMPLETE", "4 CREATE_COMPLETE");
    update(stack, GROUP, "count: 1");
    assertThat(members(stack)).containsExactly("0 CREATE_COMPLETE");
    update(stack, GROUP, "count: 0");
    assertThat(members(stack)).isEmpty();
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void whatIsRemovedByNameDoesNotComeBack() {
    Stack stack = create(GROUP, "");

    update(stack, GROUP, "removed: ['1']");
    assertThat(members(stack))
        .containsExactly("0 CREATE_COMPLETE", "2 CREATE_COMPLETE", "3 CREATE_COMPLETE");
    assertThat(output(stack, "removed")).isEqualTo("[\"1\"]");
    String second =
        fixture.stacks().attributes(CALLER, stack.id(), "last").path("value").path(1).asString("");
    update(stack, GROUP, "removed: ['" + second + "', nobody]");
    assertThat(output(stack, "removed")).isEqualTo("[\"1\",\"2\"]");
    update(stack, GROUP, "count: 2");
    assertThat(members(stack)).containsExactly("0 CREATE_COMPLETE", "3 CREATE_COMPLETE");
  }

  @Test
  void anUpdateWithoutChangeTouchesNothing() {
    Stack stack = create(GROUP, "");
    update(stack, GROUP, "removed: ['1']");
    List<String> before = events(stack);

    update(stack, GROUP, "removed: ['1']");

    assertThat(events(stack)).isEqualTo(before);
    assertThat(
            fixture
                .stacks()
                .previewUpdate(CALLER, stack.id(), request(GROUP, "removed: ['1']"))
                .steps())
        .allMatch(step -> step.kind().name().equals("NONE"));
  }

  @Test
  void thePlanNamesTheMembers() {
    Stack stack = create(GROUP, "");

    List<PlannedStep> steps =
        fixture.stacks().previewUpdate(CALLER, stack.id(), request(GROUP, "count: 4")).steps();

    PlannedStep web =
        steps.stream().filter(step -> step.resource().equals("web")).findFirst().orElseThrow();
    assertThat(web.nested())
        .extracting(step -> step.resource() + " " + step.kind())
        .containsExactly("0 NONE", "1 NONE", "2 NONE", "3 CREATE");
  }

  @Test
  void aRollingUpdateGoesInBatches() {
    String rolling =
        GROUP.replace("update_policy: {}", "update_policy: {rolling_update: {max_batch_size: 2}}");
    Stack stack = create(rolling, "");

    update(stack, rolling, "value: two");

    assertThat(output(stack, "values")).isEqualTo("[\"two-m0\",\"two-m1\",\"two-m2\"]");
    List<String> events = events(stack);
    List<String> updates = events.subList(events.indexOf("* UPDATE_IN_PROGRESS"), events.size());
    assertThat(updates.stream().filter(event -> event.equals("* UPDATE_COMPLETE"))).hasSize(2);
    assertThat(updates.subList(0, updates.indexOf("* UPDATE_COMPLETE")))
        .contains("2 UPDATE_COMPLETE", "1 UPDATE_COMPLETE")
        .doesNotContain("0 UPDATE_COMPLETE");
  }

  @Test
  void enoughMembersAreInServiceWhileTheyAreReplaced() {
    String rolling =
        GROUP.replace(
            "update_policy: {}",
            "update_policy: {rolling_update: {max_batch_size: 1, min_in_service: 3}}");
    Stack stack = create(rolling, "");

    update(stack, rolling, "value: two");

    assertThat(members(stack))
        .containsExactly("0 UPDATE_COMPLETE", "1 UPDATE_COMPLETE", "2 UPDATE_COMPLETE");
    List<String> events = events(stack);
    assertThat(events).contains("3 CREATE_COMPLETE", "3 DELETE_COMPLETE");
    assertThat(events.indexOf("3 CREATE_COMPLETE")).isLessThan(events.indexOf("2 UPDATE_COMPLETE"));
  }

  @Test
  void aPauseBetweenBatchesSurvivesARestart() {
    String rolling =
        GROUP.replace(
            "update_policy: {}",
            "update_policy: {rolling_update: {max_batch_size: 1, pause_time: 1}}");
    Stack stack = create(rolling, "");
    fixture.stacks().update(CALLER, stack.id(), request(rolling, "value: two"));
    fixture.until(stack.id(), each -> group(each).statusReason().startsWith("pausing"));
    fixture.restart();

    Stack updated = fixture.settled(stack.id());

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack, "values")).isEqualTo("[\"two-m0\",\"two-m1\",\"two-m2\"]");
    assertThat(events(stack).stream().filter(event -> event.equals("* UPDATE_COMPLETE")))
        .hasSize(3);
    assertThat(events(stack).stream().filter(event -> event.endsWith(" UPDATE_COMPLETE")))
        .as("no member is updated twice")
        .hasSize(6);
  }

  @Test
  void aGroupIsMadeInBatches() {
    String batches =
        GROUP.replace("update_policy: {}", "update_policy: {batch_create: {max_batch_size: 2}}");

    Stack stack = create(batches, "count: 5");

    List<String> events = events(stack);
    assertThat(members(stack)).hasSize(5);
    assertThat(events.subList(0, events.indexOf("* CREATE_COMPLETE")))
        .contains("0 CREATE_COMPLETE", "1 CREATE_COMPLETE")
        .doesNotContain("2 CREATE_IN_PROGRESS");
    assertThat(events.stream().filter(event -> event.equals("* UPDATE_COMPLETE"))).hasSize(2);
  }

  @Test
  void pausesThatOutlastTheStackAreRefused() {
    String endless =
        GROUP.replace("update_policy: {}", "update_policy: {batch_create: {pause_time: 3600}}");

    Stack stack = create(endless, "");

    assertThat(stack.statusReason())
        .contains("The current update policy will result in stack update timeout");
  }

  @Test
  void aProblemInADefinitionIsToldOnceWithItsPlaceInTheTemplate() {
    String wrong = GROUP.replace("properties: {value: {list", "properties: {fial: 1, value: {list");

    assertThatThrownBy(() -> fixture.stacks().create(CALLER, request(wrong, "")))
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              Problem problem = refused.problems().getFirst();
              assertThat(problem.message()).isEqualTo("Unknown Property fial");
              assertThat(problem.path()).isEqualTo("resources.web.resources.0.properties.fial");
              assertThat(problem.location().orElseThrow().line()).isEqualTo(15);
            });
  }

  @Test
  void anUpdatePolicyIsCheckedWithItsPlace() {
    String wrong =
        GROUP.replace("update_policy: {}", "update_policy: {rolling_update: {max_batch_size: 0}}");

    assertThatThrownBy(() -> fixture.stacks().create(CALLER, request(wrong, "")))
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> {
              Problem problem = refused.problems().getFirst();
              assertThat(problem.path())
                  .isEqualTo("resources.web.update_policy.rolling_update.max_batch_size");
              assertThat(problem.location().orElseThrow().line()).isEqualTo(9);
            });
  }

  @Test
  void membersMayBeTemplatesAndFailuresHaveTheirWholePath() {
    String outer =
        """
        heat_template_version: 2021-04-16
        parameters: {fail: {type: string, default: none}}
        resources:
          web:
            type: OS::Heat::ResourceGroup
            properties:
              count: 2
              resource_def:
                type: one.yaml
                properties: {name: '%index%', fail: {get_param: fail}}
        outputs:
          names: {value: {get_attr: [web, name]}}
          inner: {value: {get_attr: [web, resource.1.resource.it.output]}}
        """;
    String one =
        """
        heat_template_version: 2021-04-16
        parameters: {name: {type: string}, fail: {type: string}}
        conditions: {fails: {equals: [{get_param: name}, {get_param: fail}]}}
        resources:
          it:
            type: OS::Heat::TestResource
            properties: {value: {get_param: name}, fail: {if: [fails, true, false]}}
        outputs:
          name: {value: {get_attr: [it, output]}}
        """;
    Map<String, String> files = Map.of("one.yaml", one);

    Stack stack =
        fixture.settled(
            fixture.stacks().create(CALLER, TestNestedStacks.request("s", outer, files, "")).id());

    assertThat(output(stack, "names")).isEqualTo("[\"0\",\"1\"]");
    assertThat(output(stack, "inner")).isEqualTo("\"1\"");
    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            TestNestedStacks.request("s", outer, files, "parameters: {fail: '1'}"));
    assertThat(fixture.settled(stack.id()).statusReason())
        .isEqualTo(
            "Resource UPDATE failed: ResourceInError: resources.web.resources.1.resources.it:"
                + " Test Resource failed it");
  }

  @Test
  void suspendResumeAndCheckReachTheMembers() {
    Stack stack = create(GROUP, "");

    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    assertThat(members(stack)).allMatch(member -> member.endsWith("SUSPEND_COMPLETE"));
    fixture.stacks().resume(CALLER, stack.id());
    fixture.settled(stack.id());
    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).action()).isEqualTo(Action.CHECK);
    assertThat(members(stack)).allMatch(member -> member.endsWith("CHECK_COMPLETE"));
  }

  @Test
  void aDelayWaits() {
    long start = System.nanoTime();

    Stack stack =
        create(
            """
            heat_template_version: 2021-04-16
            resources:
              wait: {type: OS::Heat::Delay, properties: {min_wait: 0.3, actions: [CREATE, RESUME]}}
              web: {type: OS::Heat::ResourceGroup, properties: {count: 0, resource_def: {type: OS::Heat::None}}}
            """,
            "");

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }
}
