package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestMarking {
  private static final String ONE =
      """
      heat_template_version: 2021-04-16
      resources:
        one: {type: OS::Heat::TestResource, properties: {wait_secs: %d}}
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

  private ResourceRecord one(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "one");
  }

  @Test
  void aMarkedResourceIsReplacedByTheNextUpdate() {
    Stack stack = fixture.create("s", ONE.formatted(0));
    String before = one(stack).id();

    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.of("it smells"));

    assertThat(one(stack).combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(one(stack).statusReason()).isEqualTo("it smells");
    assertThat(fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL))
        .anyMatch(event -> event.reason().equals("it smells"));
    PlannedStep step =
        fixture
            .stacks()
            .previewUpdate(CALLER, stack.id(), request("s", ONE.formatted(0)))
            .steps()
            .getFirst();
    assertThat(step.kind()).isEqualTo(StepKind.REPLACE);
    assertThat(step.reasons()).containsExactly("it was marked unhealthy");
    fixture.update(stack.id(), ONE.formatted(0));
    assertThat(one(stack).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(one(stack).id()).isNotEqualTo(before);
  }

  @Test
  void aMarkCanBeTakenBackByPhysicalIdAsWell() {
    Stack stack = fixture.create("s", ONE.formatted(0));
    String before = one(stack).id();
    String physicalId = one(stack).physicalId().orElseThrow();
    fixture.stacks().markHealthy(CALLER, stack.id(), "one", Optional.empty());
    assertThat(one(stack).combinedStatus()).as("nothing to take back").isEqualTo("CREATE_COMPLETE");

    fixture.stacks().markUnhealthy(CALLER, stack.id(), physicalId, Optional.empty());
    assertThat(one(stack).statusReason()).isEqualTo("state changed by resource_mark_unhealthy api");
    fixture.stacks().markHealthy(CALLER, stack.id(), physicalId, Optional.empty());

    assertThat(one(stack).combinedStatus()).isEqualTo("CHECK_COMPLETE");
    fixture.update(stack.id(), ONE.formatted(0));
    assertThat(one(stack).id()).isEqualTo(before);
  }

  private Stack suspendedThing(OutsideWorld world) {
    fixture.close();
    fixture = new EngineFixture(directory, ThingType.both(() -> world, new DyingCommits()));
    Stack stack =
        fixture.create(
            "s",
            """
            heat_template_version: 2021-04-16
            resources:
              one: {type: "Test::Outside::Thing", properties: {value: a}}
            """);
    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    return stack;
  }

  @Test
  void aMarkThatIsTakenBackLeavesASuspendedResourceSuspended() {
    OutsideWorld world = new OutsideWorld();
    Stack stack = suspendedThing(world);

    // The second mark must not pass the first one for what it was before.
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty());
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.of("it smells"));
    assertThat(one(stack).combinedStatus()).isEqualTo("CHECK_FAILED");
    fixture.stacks().markHealthy(CALLER, stack.id(), "one", Optional.of("it does not"));

    assertThat(one(stack).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThat(one(stack).statusReason()).isEqualTo("it does not");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(world.things()).hasSize(1).noneMatch(OutsideWorld.Thing::suspended);

    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty());
    fixture.stacks().markHealthy(CALLER, stack.id(), "one", Optional.empty());
    assertThat(one(stack).combinedStatus()).as("it is in use").isEqualTo("CHECK_COMPLETE");
  }

  @Test
  void whatMayBeHalfSuspendedMayBeSoAfterAMark() {
    OutsideWorld world = new OutsideWorld();
    Stack stack = suspendedThing(world);
    world.stumbleAt(1);
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_FAILED");

    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty());
    fixture.stacks().markHealthy(CALLER, stack.id(), "one", Optional.empty());

    assertThat(one(stack).combinedStatus()).isEqualTo("SUSPEND_FAILED");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(world.things()).noneMatch(OutsideWorld.Thing::suspended);
  }

  @Test
  void aMarkInsideIsFoundByAnUpdateOfTheOutermostStack() {
    StackRequest request =
        TestNestedStacks.request(
            "s",
            """
            heat_template_version: 2021-04-16
            resources:
              inner: {type: inner.yaml}
            """,
            Map.of("inner.yaml", ONE.formatted(0)),
            "{}");
    Stack stack = fixture.settled(fixture.stacks().create(CALLER, request).id());
    Stack inner =
        fixture
            .stacks()
            .inside(CALLER, fixture.stacks().resource(CALLER, stack.id(), "inner").id())
            .orElseThrow();
    String before = one(inner).id();

    fixture.stacks().markUnhealthy(CALLER, inner.id(), "one", Optional.empty());
    fixture.stacks().update(CALLER, stack.id(), request);
    fixture.settled(stack.id());

    assertThat(one(inner).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(one(inner).id()).isNotEqualTo(before);
  }

  @Test
  void refusedWhileAnOperationHasTheResourcesInHand() {
    Stack stack = fixture.stacks().create(CALLER, request("s", ONE.formatted(-1)));
    fixture.until(
        stack.id(),
        each ->
            fixture.stacks().resources(CALLER, each.id()).stream()
                .anyMatch(resource -> resource.combinedStatus().equals("CREATE_IN_PROGRESS")));

    assertThatThrownBy(
            () -> fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty()))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ACTION_IN_PROGRESS))
        .hasMessageContaining("already has an action (CREATE) in progress");
    assertThatThrownBy(
            () -> fixture.stacks().markUnhealthy(CALLER, stack.id(), "two", Optional.empty()))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
  }
}
