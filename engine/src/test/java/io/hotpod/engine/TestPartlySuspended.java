package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of which a resume brought back one part only. */
final class TestPartlySuspended {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        one: {type: "Test::Outside::FoundThing", properties: {value: a}}
        two: {type: "Test::Outside::FoundThing", depends_on: one, properties: {value: b}}
      """;

  @TempDir private Path directory;
  private final OutsideWorld world = new OutsideWorld();
  private EngineFixture fixture;
  private Stack stack;

  @BeforeEach
  void suspendAndResumeInPart() {
    fixture = new EngineFixture(directory, ThingType.both(() -> world, new DyingCommits()));
    stack = fixture.create("s", TEMPLATE);
    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    world.remove(fixture.stacks().resource(CALLER, stack.id(), "one").physicalId().orElseThrow());
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_FAILED");
    assertThat(status("two")).isEqualTo("SUSPEND_COMPLETE");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String status(String resource) {
    return fixture.stacks().resource(CALLER, stack.id(), resource).combinedStatus();
  }

  private void requireTheNextUpdateBringsEverythingBack() {
    Stack updated = fixture.update(stack.id(), TEMPLATE);
    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(List.of(status("one"), status("two"))).allMatch(each -> each.endsWith("COMPLETE"));
    assertThat(world.things()).hasSize(2).noneMatch(OutsideWorld.Thing::suspended);
  }

  @Test
  void aCheckSaysThatItIsSuspendedAndDoesNotForgetIt() {
    fixture.stacks().check(CALLER, stack.id());

    Stack checked = fixture.settled(stack.id());
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(checked.statusReason()).contains("two: it is SUSPEND_COMPLETE");
    assertThat(status("two")).isEqualTo("SUSPEND_COMPLETE");
    requireTheNextUpdateBringsEverythingBack();
  }

  @Test
  void aMarkDoesNotHideFromACheckThatItIsSuspended() {
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "two", Optional.empty());
    fixture.stacks().check(CALLER, stack.id());

    assertThat(fixture.settled(stack.id()).statusReason())
        .contains("two: it was suspended when it was marked");
    requireTheNextUpdateBringsEverythingBack();
  }

  @Test
  void aMarkDoesNotKeepItFromBeingSuspendedAgain() {
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "two", Optional.empty());
    fixture.stacks().suspend(CALLER, stack.id());

    fixture.settled(stack.id());
    assertThat(status("two")).isEqualTo("SUSPEND_COMPLETE");
  }

  @Test
  void aSnapshotOfItFailsAndDoesNotForgetIt() {
    fixture.stacks().snapshot(CALLER, stack.id(), Optional.empty());

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SNAPSHOT_FAILED");
    assertThat(status("two")).isEqualTo("SUSPEND_COMPLETE");
    requireTheNextUpdateBringsEverythingBack();
  }
}
