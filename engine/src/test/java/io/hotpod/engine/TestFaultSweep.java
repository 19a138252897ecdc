package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each operation with exactly one call to the store, or to the outside, that fails, and everything
 * well again right after it: nothing is lost, nothing is there twice, and the operation ends as it
 * would have, or has failed with the reason and can be gone on with. Which calls fail is drawn anew
 * for each of the seeds; {@code -Dhotpod.test.faults=all} lets each of them fail.
 */
final class TestFaultSweep {
  @SuppressWarnings("UnusedVariable")
  private static final List<FaultScenario> SCENARIOS = FaultScenario.ALL;

  private static final boolean ALL = System.getProperty("hotpod.test.faults", "").equals("all");
  private static final long SEED = Long.getLong("hotpod.test.faults.seed", 1);

  @TempDir private Path directory;
  private FaultStage stage;

  @BeforeEach
  void open() {
    stage = new FaultStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Some of the numbers from 1, or all of them; fewer where each takes the time of an outage. */
  private static List<Integer> drawn(int count, FailingStore.Kind kind, Random random) {
    if (ALL) {
      return IntStream.rangeClosed(1, count).boxed().toList();
    }
    TreeSet<Integer> some = new TreeSet<>();
    int sample = kind == FailingStore.Kind.STATEMENT ? 3 : 1;
    for (int i = 0; i < sample && count > 0; i++) {
      some.add(1 + random.nextInt(count));
    }
    return List.copyOf(some);
  }

  @ParameterizedTest
  @FieldSource("SCENARIOS")
  void oneCallToTheStoreFails(FaultScenario scenario) {
    Random random = new Random(SEED * 31 + scenario.name().hashCode());
    play(scenario, 0, FailingStore.Kind.STATEMENT);
    int calls = stage.store().calls();
    for (FailingStore.Kind kind : FailingStore.Kind.values()) {
      for (int at : drawn(calls, kind, random)) {
        try {
          play(scenario, at, kind);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "%s at %d of %d: %s\n%s".formatted(kind, at, calls, e, stage.story()), e);
        }
      }
    }
  }

  private void play(FaultScenario scenario, int at, FailingStore.Kind kind) {
    stage.begin(scenario.name());
    scenario.before().accept(stage);
    stage.store().failAt(at, kind);
    scenario.operation().accept(stage);
    stage.settle();
    boolean failed = stage.store().hasFailed();
    int calls = stage.store().calls();
    stage.store().failAt(0, kind);
    judge(scenario, failed && kind == FailingStore.Kind.STATEMENT, FailingStore.WORDS);
    end(scenario);
    // What the judging asked is not counted.
    stage.store().count(calls);
  }

  @ParameterizedTest
  @FieldSource("SCENARIOS")
  void oneCallToTheOutsideFails(FaultScenario scenario) {
    for (int at = 1; at <= 2; at++) {
      stage.begin(scenario.name());
      scenario.before().accept(stage);
      stage.world().refuseAt(at);
      scenario.operation().accept(stage);
      stage.settle();
      stage.world().refuseAt(0);
      judge(scenario, true, ThingType.REFUSED);
      end(scenario);
    }
  }

  private void judge(FaultScenario scenario, boolean mayFail, String why) {
    Stack stack = stage.stack();
    assertThat(stage.world().violations()).isEmpty();
    if (scenario.ends().contains(stack.combinedStatus())) {
      scenario.things().forEach(things -> assertThat(stage.things()).isEqualTo(things));
      return;
    }
    assertThat(mayFail && stack.status() == Status.FAILED)
        .as("%s: %s", stack.combinedStatus(), stack.statusReason())
        .isTrue();
    assertThat(stage.failures()).anyMatch(each -> each.contains(why));
  }

  /** Whatever happened, an update works, and a delete leaves nothing. */
  private void end(FaultScenario scenario) {
    if (!scenario.sound().isEmpty()) {
      if (stage.stack().action() == Action.SUSPEND) {
        stage.ask("resume", () -> stage.stacks().resume(CALLER, stage.stackId()));
        stage.settle();
      }
      stage.update(scenario.sound());
      stage.settle();
      Stack stack = stage.stack();
      assertThat(stack.combinedStatus()).as(stack.statusReason()).isEqualTo("UPDATE_COMPLETE");
    }
    if (!stage.stack().combinedStatus().equals("DELETE_COMPLETE")) {
      stage.ask("delete", () -> stage.stacks().delete(CALLER, stage.stackId()));
      stage.settle();
    }
    assertThat(stage.stack().combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(stage.world().things()).isEmpty();
    assertThat(stage.world().violations()).isEmpty();
    for (String table :
        List.of(
            "resource", "desired_pod", "software_deployment", "software_config", "pod_config")) {
      assertThat(stage.rows("SELECT * FROM " + table)).as(table).isEmpty();
    }
    assertThat(stage.rows("SELECT * FROM scheduled_tasks WHERE task_name <> 'housekeeping'"))
        .isEmpty();
  }
}
