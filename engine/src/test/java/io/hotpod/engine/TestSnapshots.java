package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestSnapshots {
  private static final String ONE =
      """
      heat_template_version: 2021-04-16
      parameters:
        password: {type: string, hidden: true, default: d}
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: %s, wait_secs: %d}}
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

  private Snapshot taken(Stack stack) {
    fixture.stacks().snapshot(CALLER, stack.id(), Optional.of("monday"));
    fixture.settled(stack.id());
    return fixture.stacks().snapshots(CALLER, stack.id()).getLast();
  }

  private String value(Stack stack) {
    return fixture.attribute(stack.id(), "one", "output");
  }

  @Test
  void theSameKeyIsAnsweredWithTheSameSnapshot() {
    String id = fixture.create("s", "heat_template_version: 2018-08-31\nresources: {}\n").id();
    Caller caller =
        new Caller(
            CALLER.project(),
            Optional.empty(),
            Optional.of(new Caller.IdempotencyKey("key", "digest")));
    String first = fixture.stacks().snapshot(caller, id, Optional.of("first")).id();
    fixture.settled(id);
    fixture.stacks().snapshot(CALLER, id, Optional.of("second"));
    fixture.settled(id);

    Snapshot again = fixture.stacks().snapshot(caller, id, Optional.of("first"));

    assertThat(again.id()).isEqualTo(first);
    assertThat(again.name()).contains("first");
  }

  @Test
  void aRestoredStackIsWhatItWas() {
    Stack stack = fixture.create("s", ONE.formatted("old", 0));
    Snapshot snapshot = taken(stack);
    assertThat(snapshot.status()).isEqualTo(Status.COMPLETE);
    assertThat(snapshot.statusReason()).isEqualTo("Stack SNAPSHOT completed successfully");
    assertThat(fixture.stacks().resource(CALLER, stack.id(), "one").combinedStatus())
        .isEqualTo("SNAPSHOT_COMPLETE");
    fixture.update(
        stack.id(), ONE.formatted("new", 0) + "  more: {type: OS::Heat::TestResource}\n");

    fixture.stacks().restore(CALLER, stack.id(), snapshot.id());

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESTORE_COMPLETE");
    assertThat(value(stack)).isEqualTo("old");
    assertThat(fixture.stacks().resources(CALLER, stack.id()))
        .extracting(ResourceRecord::name)
        .containsExactly("one");
  }

  @Test
  void theDataIsTheStackWithoutWhatIsHidden() {
    Stack stack =
        fixture.settled(
            fixture
                .stacks()
                .create(
                    CALLER,
                    request(
                        "s",
                        ONE.formatted("old", 0),
                        Map.of("password", JsonNodeFactory.instance.stringNode("s3cret"))))
                .id());

    Snapshot snapshot = taken(stack);

    assertThat(snapshot.data().path("resources").path("one").path("type").asString())
        .isEqualTo("OS::Heat::TestResource");
    assertThat(snapshot.data().at("/environment/parameters/password").asString())
        .isEqualTo("******");
    assertThat(snapshot.data().toString()).doesNotContain("s3cret");
    fixture.update(stack.id(), ONE.formatted("new", 0));
    fixture.stacks().restore(CALLER, stack.id(), snapshot.id());
    fixture.settled(stack.id());
    assertThat(
            fixture
                .stacks()
                .definition(CALLER, stack.id())
                .environment()
                .parameters()
                .get("password"))
        .hasToString("\"s3cret\"");
  }

  @Test
  void aRestartGoesOnWithARestore() {
    Stack stack = fixture.create("s", ONE.formatted("old", 1));
    Snapshot snapshot = taken(stack);
    fixture.update(stack.id(), ONE.formatted("new", 0));
    fixture.stacks().restore(CALLER, stack.id(), snapshot.id());
    fixture.until(
        stack.id(),
        each ->
            fixture
                .stacks()
                .resource(CALLER, each.id(), "one")
                .combinedStatus()
                .equals("UPDATE_IN_PROGRESS"));

    fixture.restart();

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESTORE_COMPLETE");
    assertThat(value(stack)).isEqualTo("old");
  }

  @Test
  void aDeletedSnapshotIsGoneAndSoAreThoseOfADeletedStack() {
    Stack stack = fixture.create("s", ONE.formatted("old", 0));
    Snapshot first = taken(stack);
    taken(stack);

    fixture.stacks().deleteSnapshot(CALLER, stack.id(), first.id());

    assertThat(fixture.stacks().snapshots(CALLER, stack.id())).hasSize(1);
    assertThatThrownBy(() -> fixture.stacks().findSnapshot(CALLER, stack.id(), first.id()))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND));
    assertThat(fixture.update(stack.id(), ONE.formatted("new", 0)).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void noSnapshotIsTakenOfWhatIsChanging() {
    Stack stack = fixture.stacks().create(CALLER, request("s", ONE.formatted("x", -1)));

    assertThatThrownBy(() -> fixture.stacks().snapshot(CALLER, stack.id(), Optional.empty()))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ACTION_IN_PROGRESS))
        .hasMessage("Stack s already has an action (CREATE) in progress.");
  }

  @Test
  void thirtyTwoSnapshotsAreTheMost() {
    Stack stack = fixture.create("s", ONE.formatted("x", 0));
    for (int i = 0; i < 32; i++) {
      taken(stack);
    }

    assertThatThrownBy(() -> taken(stack))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("You have reached the maximum snapshots per stack, 32.");
  }

  private static final String AROUND =
      """
      heat_template_version: 2021-04-16
      parameters: {said: {type: string, default: old}}
      resources:
        inner: {type: inner.yaml, properties: {said: {get_param: said}}}
        group:
          type: OS::Heat::AutoScalingGroup
          properties:
            min_size: 1
            max_size: 5
            resource: {type: OS::Heat::TestResource, properties: {value: {get_param: said}}}
        policy:
          type: OS::Heat::ScalingPolicy
          properties:
            auto_scaling_group_id: {get_resource: group}
            adjustment_type: change_in_capacity
            scaling_adjustment: 1
      """;

  private static final String INNER =
      """
      heat_template_version: 2021-04-16
      parameters: {said: {type: string}}
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: {get_param: said}}}
      """;

  private List<String> inside(Stack stack, String resource) {
    String id = fixture.stacks().resource(CALLER, stack.id(), resource).id();
    return fixture.stacks().resources(CALLER, id).stream()
        .map(each -> fixture.attribute(id, each.name(), "output"))
        .toList();
  }

  private Stack around() {
    return fixture.settled(
        fixture
            .stacks()
            .create(
                CALLER, TestNestedStacks.request("s", AROUND, Map.of("inner.yaml", INNER), "{}"))
            .id());
  }

  @Test
  void stacksInsideComeBackAsTheyWere() {
    Stack stack = around();
    Snapshot snapshot = taken(stack);
    assertThat(snapshot.status()).as(snapshot.statusReason()).isEqualTo(Status.COMPLETE);
    String inner = fixture.stacks().resource(CALLER, stack.id(), "inner").id();
    assertThat(fixture.stacks().find(CALLER, inner).combinedStatus())
        .isEqualTo("SNAPSHOT_COMPLETE");
    assertThat(fixture.stacks().snapshots(CALLER, inner)).as("a part of the other").isEmpty();
    assertThat(
            snapshot.data().at("/resources/inner/resources/one/resource_id").asString("").isEmpty())
        .isFalse();
    // Somebody changes what is inside: by itself, and by a signal.
    fixture.update(
        inner,
        INNER.replace("{type: string}", "{type: string, default: x}")
            + "  more: {type: OS::Heat::TestResource}\n");
    fixture.stacks().signal(CALLER, stack.id(), "policy", JsonNodeFactory.instance.objectNode());
    String group = fixture.stacks().resource(CALLER, stack.id(), "group").id();
    fixture.settled(group);
    assertThat(inside(stack, "inner")).hasSize(2);
    assertThat(inside(stack, "group")).hasSize(2);

    fixture.stacks().restore(CALLER, stack.id(), snapshot.id());

    Stack restored = fixture.settled(stack.id());
    assertThat(restored.combinedStatus()).as(restored.statusReason()).isEqualTo("RESTORE_COMPLETE");
    assertThat(inside(stack, "inner")).containsExactly("old");
    assertThat(inside(stack, "group")).containsExactly("old");
  }

  @Test
  void aStackInsideThatIsGoneComesBack() {
    Stack stack = around();
    Snapshot snapshot = taken(stack);
    fixture.update(
        stack.id(), "heat_template_version: 2021-04-16\nresources: {x: {type: OS::Heat::None}}\n");

    fixture.stacks().restore(CALLER, stack.id(), snapshot.id());

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESTORE_COMPLETE");
    assertThat(inside(stack, "inner")).containsExactly("old");
    assertThat(inside(stack, "group")).containsExactly("old");
    fixture.stacks().deleteSnapshot(CALLER, stack.id(), snapshot.id());
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }
}
