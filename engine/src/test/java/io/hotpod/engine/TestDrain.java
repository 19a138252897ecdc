package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.instance.Drain;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that take no new pods, or run none for a while; and what people say about them. */
final class TestDrain {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String POD =
      """
      heat_template_version: 2021-04-16
      resources:
        web_config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec: {containers: [{name: web, image: "localhost/web:1"}]}
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: web_config}, server: web-1}
      """;

  @TempDir Path directory;
  private EngineFixture fixture;
  private FakeAgent agent;
  private InstanceService instances;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    agent = new FakeAgent(fixture.engine(), "web-1");
    instances = fixture.engine().instances();
  }

  @AfterEach
  void close() {
    agent.close();
    fixture.close();
  }

  @Test
  void aDrainedInstanceRefusesNewPodsAndSaysWhatToDo() {
    instances.drain(CALLER, "web-1", Drain.NO_NEW_PODS);

    Stack stack = fixture.create("s", POD);

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(stack.statusReason())
        .contains("instance web-1 is drained and takes no new pods")
        .contains("hotpod instance undrain web-1");
    assertThat(agent.started()).isEmpty();

    instances.drain(CALLER, "web-1", Drain.NONE);
    assertThat(fixture.update(stack.id(), POD).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void podsThatRunStayAndAreNotReplaced() {
    Stack stack = fixture.create("s", POD);
    instances.drain(CALLER, "web-1", Drain.NO_NEW_PODS);

    assertThat(fixture.update(stack.id(), POD).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    Stack changed = fixture.update(stack.id(), POD.replace("web:1", "web:2"));

    assertThat(changed.combinedStatus()).isEqualTo("UPDATE_FAILED");
    assertThat(changed.statusReason()).contains("is drained");
    assertThat(agent.started()).containsExactly("web");
    assertThat(agent.running()).hasSize(1);
  }

  @Test
  void thePlanSaysThatItWillFail() {
    Stack stack = fixture.create("s", POD);
    instances.drain(CALLER, "web-1", Drain.NO_NEW_PODS);

    List<PlannedStep> steps =
        fixture
            .stacks()
            .previewUpdate(CALLER, stack.id(), request("s", POD.replace("web:1", "web:2")))
            .steps();

    assertThat(steps)
        .filteredOn(step -> step.resource().equals("web"))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.reasons())
                    .contains("instance web-1 is drained: the operation will fail here"));
  }

  @Test
  void stoppedPodsKeepTheirPlaceAndComeBack() {
    Stack stack = fixture.create("s", POD);
    String token = fixture.attribute(stack.id(), "web", "modification_token");

    instances.drain(CALLER, "web-1", Drain.PODS_STOPPED);

    assertThat(instances.awaitEmpty(CALLER, "web-1", SOON)).isTrue();
    assertThat(agent.running()).isEmpty();
    assertThat(instances.pods(CALLER))
        .singleElement()
        .satisfies(pod -> assertThat(pod.desired().run()).isFalse());
    fixture.stacks().check(CALLER, stack.id());
    Stack checked = fixture.settled(stack.id());
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(checked.statusReason()).contains("web-1 is drained and its pods are stopped");

    instances.drain(CALLER, "web-1", Drain.NONE);

    await().atMost(SOON).until(() -> agent.running().size() == 1);
    assertThat(agent.started()).containsExactly("web", "web");
    assertThat(fixture.attribute(stack.id(), "web", "modification_token")).isEqualTo(token);
  }

  @Test
  void aStackOnADrainedInstanceCanBeDeleted() {
    Stack stack = fixture.create("s", POD);
    instances.drain(CALLER, "web-1", Drain.PODS_STOPPED);

    fixture.stacks().delete(CALLER, stack.id());

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void drainingTwiceIsDrainingOnce() {
    instances.drain(CALLER, "web-1", Drain.NO_NEW_PODS);
    long version = instances.find(CALLER, "web-1").desiredVersion();

    instances.drain(CALLER, "web-1", Drain.NO_NEW_PODS);

    assertThat(instances.find(CALLER, "web-1").desiredVersion()).isEqualTo(version);
    assertThat(instances.find(CALLER, "web-1").drain()).isEqualTo(Drain.NO_NEW_PODS);
  }

  @Test
  void labelsAreAddedChangedAndTakenAway() {
    instances.label(
        CALLER, "web-1", Map.of("zone", Optional.of("a"), "example.org/disk", Optional.of("ssd")));
    instances.label(CALLER, "web-1", Map.of("zone", Optional.of("b"), "none", Optional.empty()));
    assertThat(instances.find(CALLER, "web-1").labels())
        .containsExactly(Map.entry("example.org/disk", "ssd"), Map.entry("zone", "b"));

    instances.label(CALLER, "web-1", Map.of("example.org/disk", Optional.empty()));
    assertThat(instances.find(CALLER, "web-1").labels()).containsOnlyKeys("zone");
  }

  @Test
  void whatCanBeNoLabelIsRefusedAndChangesNothing() {
    for (Map<String, Optional<String>> changes :
        List.of(
            Map.of("", Optional.of("a")),
            Map.of("a b", Optional.of("a")),
            Map.of("-a", Optional.of("a")),
            Map.of("a", Optional.of("b c")),
            Map.of("a", Optional.of("x".repeat(64))))) {
      assertThatThrownBy(() -> instances.label(CALLER, "web-1", changes))
          .isInstanceOf(EngineException.class);
    }
    assertThat(instances.find(CALLER, "web-1").labels()).isEmpty();
  }
}
