package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestExternalResources {
  private static final String CONFIG =
      """
      heat_template_version: 2021-04-16
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: api}
              spec:
                containers: [{name: api, image: "localhost/api:1"}]
      outputs:
        id: {value: {get_resource: config}}
      """;
  private static final String USER =
      """
      heat_template_version: 2021-04-16
      resources:
        config: {type: OS::Kubernetes::PodConfig, external_id: "%s"}
      outputs:
        id: {value: {get_resource: config}}
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

  private String id(Stack stack) {
    Output output = fixture.stacks().details(CALLER, stack.id(), true).outputs().getFirst();
    return output.value().asString();
  }

  @Test
  void isTakenInAndNeverDeleted() {
    Stack owner = fixture.create("owner", CONFIG);
    PlannedStep planned =
        fixture
            .stacks()
            .previewCreate(CALLER, request("user", USER.formatted(id(owner))))
            .steps()
            .getFirst();
    assertThat(planned.kind()).isEqualTo(StepKind.CREATE);
    assertThat(planned.reasons()).containsExactly("it is there already and is only taken in");

    Stack user = fixture.create("user", USER.formatted(id(owner)));

    assertThat(user.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(id(user)).isEqualTo(id(owner));
    assertThat(fixture.stacks().resource(CALLER, user.id(), "config").combinedStatus())
        .isEqualTo("ADOPT_COMPLETE");
    assertThat(fixture.update(user.id(), USER.formatted(id(owner))).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
    fixture.stacks().suspend(CALLER, user.id());
    assertThat(fixture.settled(user.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThat(fixture.delete(user.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    fixture.stacks().check(CALLER, owner.id());
    assertThat(fixture.settled(owner.id()).combinedStatus()).isEqualTo("CHECK_COMPLETE");
  }

  @Test
  void whatIsNotThereFails() {
    Stack user = fixture.create("user", USER.formatted("nowhere"));

    assertThat(user.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(user.statusReason()).contains("the stored configuration is gone");
  }

  @Test
  void cannotBecomeAnotherOrAManagedOne() {
    Stack owner = fixture.create("owner", CONFIG);
    Stack user = fixture.create("user", USER.formatted(id(owner)));
    String refusal =
        "Update to property external_id of config (OS::Kubernetes::PodConfig) is not supported.";

    assertThat(fixture.update(user.id(), USER.formatted("other")).statusReason()).contains(refusal);
    assertThatThrownBy(
            () -> fixture.stacks().previewUpdate(CALLER, user.id(), request("user", CONFIG)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(refusal);
    assertThat(fixture.update(user.id(), USER.formatted(id(owner))).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(fixture.stacks().events(CALLER, user.id(), EventFilter.ALL))
        .noneMatch(event -> event.action().name().equals("DELETE"));
  }
}
