package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Commits;
import io.hotpod.engine.store.DatabaseAwayException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the embedded database is full while stacks are made, and then has room again. */
final class TestDiskFull {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OutsideWorld world = new OutsideWorld();
  private @TempDir Path directory;

  /** Lets the database grow no further, or as far as it likes. */
  private static final class Disk implements Commits {
    private volatile boolean full;

    @Override
    public void before(Handle handle) {
      // A limit below the size that it has means that size.
      handle.execute("PRAGMA max_page_count = " + (full ? 1 : 1_000_000));
    }
  }

  private static String template(int number, boolean slow) {
    return """
        heat_template_version: 2021-04-16
        description: "%d %s"
        resources:
          one: {type: %s, properties: {value: a, slow: %s}}
        """
        .formatted(number, "x".repeat(20_000), ThingType.CHOSEN, slow);
  }

  @Test
  void whatWasAcceptedIsCarriedOutWhenThereIsRoomAndWhatWasRefusedIsNot() {
    Disk disk = new Disk();
    DyingCommits alive = new DyingCommits();
    try (Engine engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()),
            disk,
            ThingType.both(() -> world, alive))) {
      List<String> accepted = new ArrayList<>();
      accepted.add(engine.stacks().create(CALLER, request("s0", template(0, true))).id());
      await().atMost(PATIENCE).until(world::anybodyWaits);

      disk.full = true;
      Optional<DatabaseAwayException> refusal = Optional.empty();
      while (refusal.isEmpty()) {
        String name = "s" + accepted.size();
        assertThat(accepted).as("stacks that a full disk takes").hasSizeLessThan(100);
        try {
          accepted.add(
              engine.stacks().create(CALLER, request(name, template(accepted.size(), false))).id());
        } catch (DatabaseAwayException e) {
          refusal = Optional.of(e);
        }
      }

      assertThat(refusal.orElseThrow()).hasMessageContaining("the disk is full");
      assertThat(engine.stacks().find(CALLER, accepted.getFirst()).status())
          .as("what can be read and is not done has not failed")
          .isEqualTo(Status.IN_PROGRESS);
      world.release();
      disk.full = false;

      for (String id : accepted) {
        await()
            .atMost(PATIENCE)
            .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);
        Stack end = engine.stacks().find(CALLER, id);
        assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("CREATE_COMPLETE");
      }
      assertThatThrownBy(() -> engine.stacks().find(CALLER, "s" + accepted.size()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("could not be found");
      assertThat(world.things()).hasSameSizeAs(accepted);
      assertThat(engine.stacks().create(CALLER, request("after", template(999, false))).name())
          .isEqualTo("after");
    }
  }
}
