package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ObservedPod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TestPodDeploymentGroups {
  private static final String GROUP =
      """
      heat_template_version: 2021-04-16
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers: [{name: web, image: "localhost/web:1"}]
        web:
          type: OS::Kubernetes::PodDeploymentGroup
          update_policy: {rolling_update: {max_batch_size: 1}, batch_create: {max_batch_size: 2}}
          properties:
            config: {get_resource: config}
            servers: {one: web-1, two: web-2, three: web-3}
            timeout: 30
      outputs:
        phase: {value: {get_attr: [web, phase]}}
        second: {value: {get_attr: [web, phase, two]}}
        codes: {value: {get_attr: [web, deploy_status_codes]}}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;
  private final List<FakeAgent> agents = new ArrayList<>();

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    for (String name : List.of("web-1", "web-2", "web-3")) {
      agents.add(new FakeAgent(fixture.engine(), name));
    }
  }

  @AfterEach
  void close() {
    agents.forEach(FakeAgent::close);
    fixture.close();
  }

  private JsonNode output(Stack stack, String name) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .filter(output -> output.key().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private List<String> members(Stack stack) {
    return fixture
        .stacks()
        .resources(
            CALLER,
            fixture.stacks().resource(CALLER, stack.id(), "web").nestedStackId().orElseThrow())
        .stream()
        .map(resource -> resource.name() + " " + resource.combinedStatus())
        .toList();
  }

  @Test
  void thePodRunsOnEachServer() {
    Stack stack = fixture.create("s", GROUP);

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(agents).allSatisfy(agent -> assertThat(agent.started()).containsExactly("web"));
    assertThat(members(stack))
        .containsExactly("one CREATE_COMPLETE", "two CREATE_COMPLETE", "three CREATE_COMPLETE");
    assertThat(output(stack, "phase"))
        .hasToString("{\"one\":\"Running\",\"two\":\"Running\",\"three\":\"Running\"}");
    assertThat(output(stack, "second")).hasToString("\"Running\"");
    assertThat(output(stack, "codes").propertyNames()).containsExactly("one", "two", "three");
  }

  @Test
  void thePlanNamesEachPodThatRestarts() {
    Stack stack = fixture.create("s", GROUP);

    PlannedStep web =
        fixture
            .stacks()
            .previewUpdate(
                CALLER,
                stack.id(),
                EngineFixture.request("", GROUP.replace("localhost/web:1", "localhost/web:2")))
            .steps()
            .stream()
            .filter(step -> step.resource().equals("web"))
            .findFirst()
            .orElseThrow();

    assertThat(web.restartsPod()).isTrue();
    assertThat(web.nested())
        .extracting(step -> step.resource() + " " + step.kind() + " " + step.restartsPod())
        .containsExactly("one UPDATE true", "two UPDATE true", "three UPDATE true");
  }

  @Test
  void aNewConfigurationGoesFromServerToServer() {
    Stack stack = fixture.create("s", GROUP);

    Stack updated = fixture.update(stack.id(), GROUP.replace("localhost/web:1", "localhost/web:2"));

    assertThat(updated.statusReason()).isEqualTo("Stack UPDATE completed successfully");
    assertThat(agents).allSatisfy(agent -> assertThat(agent.started()).hasSize(2));
    assertThat(members(stack)).allMatch(member -> member.endsWith("UPDATE_COMPLETE"));
  }

  @Test
  void aServerIsNotBegunBeforeThePodOfTheOneBeforeIsReady() {
    Stack stack = fixture.create("s", GROUP);
    Map<String, ObservedPod> ready = new ConcurrentHashMap<>();
    for (FakeAgent agent : agents) {
      agent.runtime(
          pod -> {
            ready.put(agent.instanceId(), FakeAgent.ready(pod));
            return FakeAgent.waiting(pod, "ContainerCreating", "", 0);
          });
    }

    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            EngineFixture.request("", GROUP.replace("localhost/web:1", "localhost/web:2")));

    for (int begun = 1; begun <= agents.size(); begun++) {
      int expected = begun;
      await().until(() -> ready.size() >= expected);
      assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
      assertThat(ready).as("one server at a time").hasSize(expected);
      FakeAgent present = agents.get(agents.size() - expected);
      ObservedPod pod = requireNonNull(ready.get(present.instanceId()), "the last server is first");
      await().until(() -> runs(present, pod));
      present.find(pod);
    }
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  /** Whether the instance has come to a pod, ready or not. */
  private static boolean runs(FakeAgent agent, ObservedPod pod) {
    return agent.running().values().stream().anyMatch(now -> now.token().equals(pod.token()));
  }

  @Test
  void serversComeAndGo() {
    Stack stack = fixture.create("s", GROUP);

    fixture.update(stack.id(), GROUP.replace("one: web-1, ", "").replace("web-3}", "web-1}"));

    assertThat(members(stack))
        .containsExactlyInAnyOrder("two CREATE_COMPLETE", "three CREATE_COMPLETE");
    assertThat(agents.get(2).running()).isEmpty();
    assertThat(agents.get(0).running()).hasSize(1);
    assertThat(agents.get(1).started()).containsExactly("web");
  }

  @Test
  void suspendResumeCheckAndDeleteReachThePods() {
    Stack stack = fixture.create("s", GROUP);

    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    assertThat(agents).allSatisfy(agent -> assertThat(agent.running()).isEmpty());
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).action()).isEqualTo(Action.CHECK);
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(agents).allSatisfy(agent -> assertThat(agent.running()).isEmpty());
  }
}
