package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static io.hotpod.engine.EngineFixture.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operation leaves in the middle is seen by the next. */
final class TestTakenOver {
  private static final String THING =
      """
      heat_template_version: 2021-04-16
      resources:
        one: {type: %s, properties: {value: %s, fail: '%s', slow: %s}}
      """;

  private final OutsideWorld world = new OutsideWorld();
  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    DyingCommits alive = new DyingCommits();
    fixture = new EngineFixture(directory, ThingType.both(() -> world, alive));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String status(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "one").combinedStatus();
  }

  @Test
  void aThingThatNobodyWasToldOfGoesByItsToken() {
    Stack stack =
        fixture
            .stacks()
            .create(CALLER, request("s", THING.formatted(ThingType.FOUND, "a", "", true)));
    fixture.until(stack.id(), each -> world.anybodyWaits());

    Stack updated = fixture.update(stack.id(), THING.formatted(ThingType.FOUND, "b", "", false));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(world.things()).extracting(OutsideWorld.Thing::value).containsExactly("b");
  }

  @Test
  void noOtherActionHidesThatAnUpdateWasNotFinished() {
    Stack stack = fixture.create("s", THING.formatted(ThingType.CHOSEN, "a", "", false));
    fixture.update(stack.id(), THING.formatted(ThingType.CHOSEN, "b", "before", false));
    assertThat(status(stack)).isEqualTo("UPDATE_FAILED");

    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CHECK_FAILED");
    fixture.update(stack.id(), THING.formatted(ThingType.CHOSEN, "b", "before", false));
    fixture.stacks().suspend(CALLER, stack.id());
    Stack suspended = fixture.settled(stack.id());
    assertThat(suspended.combinedStatus()).isEqualTo("SUSPEND_FAILED");
    assertThat(suspended.statusReason()).endsWith("State UPDATE_FAILED invalid for suspend");
    assertThat(status(stack)).isEqualTo("UPDATE_FAILED");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_FAILED");

    fixture.update(stack.id(), THING.formatted(ThingType.CHOSEN, "b", "", false));

    assertThat(status(stack)).isEqualTo("UPDATE_COMPLETE");
    assertThat(world.things()).extracting(OutsideWorld.Thing::value).containsExactly("b");
  }

  @Test
  void aResumeThatIsRefusedMakesNothingOfWhatWasNeverSuspended() {
    Stack stack =
        fixture
            .stacks()
            .create(CALLER, withInner("{type: %s, depends_on: i}".formatted(ThingType.FOUND)));
    fixture.settled(stack.id());
    // What was never made cannot be suspended, and what it needs is then not come to.
    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            withInner(
                "{type: %s, depends_on: i, properties: {place: p2, fail: before}}"
                    .formatted(ThingType.FOUND)));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_FAILED");
    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_FAILED");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_FAILED");
    assertThat(fixture.stacks().resource(CALLER, stack.id(), "i").combinedStatus())
        .isEqualTo("CREATE_COMPLETE");

    fixture
        .stacks()
        .update(
            CALLER, stack.id(), withInner("{type: %s, depends_on: i}".formatted(ThingType.FOUND)));

    Stack updated = fixture.settled(stack.id());
    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
  }

  private static StackRequest withInner(String one) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(
            """
            heat_template_version: 2021-04-16
            resources:
              i: {type: inner.yaml}
              one: %s
            """
                .formatted(one)),
        "template",
        Map.of(
            "inner.yaml",
            """
            heat_template_version: 2021-04-16
            resources:
              a: {type: %s, properties: {value: a}}
            """
                .formatted(ThingType.CHOSEN)),
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatAFailedOperationDidNotComeToIsNotInProgress() {
    String two =
        """
        heat_template_version: 2021-04-16
        resources:
          one: {type: %1$s, depends_on: two}
          two: {type: %1$s, properties: {slow: true}}
        """
            .formatted(ThingType.CHOSEN);
    Stack stack = fixture.stacks().create(CALLER, request("s", two));
    fixture.until(stack.id(), each -> world.anybodyWaits());

    Stack failed =
        fixture.update(stack.id(), THING.formatted(ThingType.CHOSEN, "b", "before", false));

    assertThat(failed.combinedStatus()).isEqualTo("UPDATE_FAILED");
    // The stack tells of the failure before the operation has come to its end.
    fixture.until(
        stack.id(),
        each ->
            fixture
                .stacks()
                .resource(CALLER, each.id(), "two")
                .combinedStatus()
                .equals("CREATE_FAILED"));
  }

  @Test
  void whatARollbackMakesAnewIsNoEarlierOne() {
    Stack stack = fixture.create("s", THING.formatted(ThingType.FOUND, "a", "", false));
    String failing = THING.formatted(ThingType.FOUND, "a", "after", false);
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty());

    fixture.stacks().update(CALLER, stack.id(), rollingBack(request("s", failing)));

    Stack back = fixture.settled(stack.id());
    assertThat(back.combinedStatus()).as(back.statusReason()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(world.things())
        .extracting(thing -> Optional.of(thing.id()))
        .containsExactly(fixture.stacks().resource(CALLER, stack.id(), "one").physicalId());
  }

  @Test
  void whatWasNeverBegunHasNothingOutside() {
    String two =
        """
        heat_template_version: 2021-04-16
        resources:
          one: {type: %1$s, depends_on: two}
          two: {type: %1$s, properties: {slow: true}}
        """
            .formatted(ThingType.CHOSEN);
    Stack stack = fixture.stacks().create(CALLER, request("s", two));
    fixture.until(stack.id(), each -> world.anybodyWaits());
    fixture.stacks().cancelWithoutRollback(CALLER, stack.id());
    world.release();
    fixture.settled(stack.id());
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "one", Optional.empty());
    assertThat(status(stack)).isEqualTo("CHECK_FAILED");

    Stack updated =
        fixture.update(
            stack.id(), THING.formatted(ThingType.CHOSEN, "b", "", false).replace("one", "three"));

    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(world.things()).extracting(OutsideWorld.Thing::owner).containsExactly("three");
  }
}
