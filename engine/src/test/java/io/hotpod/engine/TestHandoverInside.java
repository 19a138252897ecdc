package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stacks with stacks inside change hands: templates as types, and groups. */
final class TestHandoverInside {
  private static final String ROOT =
      """
      heat_template_version: 2021-04-16
      parameters:
        word: {type: string, hidden: true, default: before}
      resources:
        site: {type: site.yaml, properties: {word: {get_param: word}}}
        group:
          type: OS::Heat::ResourceGroup
          properties:
            count: 3
            removal_policies: [{resource_list: ["1"]}]
            resource_def: {type: OS::Heat::RandomString}
        scaled:
          type: OS::Heat::AutoScalingGroup
          properties:
            min_size: 1
            max_size: 5
            desired_capacity: 2
            resource: {type: OS::Heat::RandomString}
        up:
          type: OS::Heat::ScalingPolicy
          properties:
            auto_scaling_group_id: {get_resource: scaled}
            adjustment_type: change_in_capacity
            scaling_adjustment: 1
      """;

  private static final String SITE =
      """
      heat_template_version: 2021-04-16
      parameters:
        word: {type: string, hidden: true}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec: {containers: [{name: web, image: "localhost/web:1", env: [{name: WORD, value: {get_param: word}}]}]}
        pods: {type: pods.yaml, properties: {config: {get_resource: config}}}
      outputs:
        word: {value: {get_param: word}}
      """;

  private static final String PODS =
      """
      heat_template_version: 2021-04-16
      parameters:
        config: {type: string}
      resources:
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_param: config}, server: web-1, timeout: 20}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;
  private FakeAgent agent;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    agent = new FakeAgent(fixture.engine(), "web-1");
  }

  @AfterEach
  void close() {
    agent.close();
    fixture.close();
  }

  private static StackRequest tree(String name) {
    return tree(name, ROOT);
  }

  private static StackRequest tree(String name, String root) {
    return TestNestedStacks.request(name, root, Map.of("site.yaml", SITE, "pods.yaml", PODS), "{}");
  }

  private Stack inside(Stack stack, String resource) {
    return fixture
        .stacks()
        .inside(CALLER, fixture.stacks().resource(CALLER, stack.id(), resource).id())
        .orElseThrow();
  }

  /** The values of the random texts in a group, by the names of its members. */
  private Map<String, String> values(Stack stack, String group) {
    Stack inner = inside(stack, group);
    Map<String, String> values = new TreeMap<>();
    for (ResourceRecord member : fixture.stacks().resources(CALLER, inner.id())) {
      values.put(member.name(), fixture.attribute(inner.id(), member.name(), "value"));
    }
    return values;
  }

  private ResourceRecord web(Stack stack) {
    Stack pods = inside(inside(stack, "site"), "pods");
    return fixture.stacks().resource(CALLER, pods.id(), "web");
  }

  /** With members 0, 2 and 3 in the group. */
  private Stack created() {
    String whole = ROOT.replace("[{resource_list: [\"1\"]}]", "[]");
    Stack stack = fixture.settled(fixture.stacks().create(CALLER, tree("first", whole)).id());
    assertThat(stack.combinedStatus()).as(stack.statusReason()).isEqualTo("CREATE_COMPLETE");
    fixture.stacks().update(CALLER, stack.id(), tree("first"));
    Stack updated = fixture.settled(stack.id());
    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values(updated, "group")).containsOnlyKeys("0", "2", "3");
    return updated;
  }

  private ObjectNode abandoned(Stack stack) {
    ObjectNode data = fixture.stacks().abandon(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    return data;
  }

  @Test
  void everythingInsideChangesHandsAndNothingIsMadeAnew() {
    Stack first = created();
    fixture.stacks().signal(CALLER, first.id(), "up", JsonNodeFactory.instance.objectNode());
    fixture.settled(inside(first, "scaled").id());
    Map<String, String> group = values(first, "group");
    Map<String, String> scaled = values(first, "scaled");
    assertThat(scaled).hasSize(3);
    ResourceRecord web = web(first);

    ObjectNode data = abandoned(first);
    Stack second = fixture.settled(fixture.stacks().adopt(CALLER, tree("second"), data).id());

    assertThat(second.combinedStatus()).as(second.statusReason()).isEqualTo("ADOPT_COMPLETE");
    assertThat(values(second, "group")).isEqualTo(group);
    assertThat(values(second, "scaled")).isEqualTo(scaled);
    assertThat(web(second).id()).isEqualTo(web.id());
    assertThat(web(second).token()).isEqualTo(web.token());
    assertThat(agent.started()).as("not started again").containsExactly("web");
    assertThat(inside(second, "site").combinedStatus()).isEqualTo("ADOPT_COMPLETE");
    assertThat(fixture.stacks().export(CALLER, second.id()).toString()).doesNotContain("adopt\"");

    fixture.stacks().update(CALLER, second.id(), tree("second"));
    assertThat(fixture.settled(second.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values(second, "group")).as("an update finds it so").isEqualTo(group);
    assertThat(agent.started()).hasSize(1);
    assertThat(fixture.delete(second.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().instances().pods(CALLER)).isEmpty();
    assertThat(fixture.stacks().count(CALLER, StackFilter.ALL)).isZero();
  }

  @Test
  void whatIsMissingInsideFailsTheAdoptionAndTheNextUpdateMakesIt() {
    Stack first = created();
    Map<String, String> before = values(first, "group");
    ObjectNode data = abandoned(first);
    ((ObjectNode) data.at("/resources/group/resources")).remove("0");

    Stack second = fixture.settled(fixture.stacks().adopt(CALLER, tree("second"), data).id());

    assertThat(second.combinedStatus()).isEqualTo("ADOPT_FAILED");
    assertThat(second.statusReason())
        .isEqualTo(
            "Resource ADOPT failed: Exception: resources.group.resources.0: Resource ID was not"
                + " provided.");
    fixture.until(
        second.id(),
        stack ->
            fixture.stacks().resources(CALLER, stack.id()).stream()
                .noneMatch(each -> each.combinedStatus().endsWith("IN_PROGRESS")));
    fixture.stacks().update(CALLER, second.id(), tree("second"));
    Stack mended = fixture.settled(second.id());
    assertThat(mended.combinedStatus()).as(mended.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values(second, "group").keySet()).isEqualTo(before.keySet());
    assertThat(agent.started()).as("the pod is not touched").containsExactly("web");
    assertThat(fixture.delete(second.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void whatAnotherStackHasInsideCannotBeTakenFromIt() {
    Stack first = created();
    ObjectNode data = fixture.stacks().export(CALLER, first.id());

    Stack thief = fixture.settled(fixture.stacks().adopt(CALLER, tree("thief"), data).id());

    assertThat(thief.combinedStatus()).isEqualTo("ADOPT_FAILED");
    fixture.delete(thief.id());
    assertThat(fixture.settled(first.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(web(first).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(agent.started()).containsExactly("web");
    assertThat(fixture.engine().instances().pods(CALLER)).hasSize(1);
  }

  @Test
  void aStackIsNotAdoptedAsSomethingElse() {
    ObjectNode data = abandoned(created());
    StackRequest flat =
        EngineFixture.request(
            "flat",
            """
            heat_template_version: 2021-04-16
            resources:
              site: {type: OS::Heat::RandomString}
            """);

    assertThatThrownBy(() -> fixture.stacks().adopt(CALLER, flat, data))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("resources.site is a stack in the data and is none as a");
  }

  @Test
  void aRestartGoesOnWithAnAdoption() {
    ObjectNode data = abandoned(created());
    agent.close();
    Stack second = fixture.stacks().adopt(CALLER, tree("second"), data);

    fixture.restart();

    Stack settled = fixture.settled(second.id());
    assertThat(settled.combinedStatus()).as(settled.statusReason()).isEqualTo("ADOPT_COMPLETE");
    assertThat(values(second, "group")).hasSize(3);
  }
}
