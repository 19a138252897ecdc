package io.hotpod.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.FencedException;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.UpdateStrategy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestPodPlacement {
  private static final Caller CALLER = Caller.of("default");

  private @TempDir Path directory;
  private Database database;
  private PodPlacement placement;
  private String instanceId;
  private Stack stack;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    StoredInstanceService instances =
        new StoredInstanceService(
            database,
            new Wakeups(),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString(),
            new SecureRandom(),
            new StackSecrets(database, new Definitions()),
            instance -> {});
    placement = new PodPlacement(database, new Wakeups(), Clock.systemUTC());
    String token = instances.createJoinToken(CALLER, Duration.ofMinutes(5)).secret();
    instanceId = instances.enrol(token, "web-1").instanceId();
    database.writer().write(this::insertStack);
    stack = takenOver();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private boolean insertStack(Handle handle) {
    StackTable.insert(
        handle,
        new Stack(
            "s",
            "default",
            "s",
            Action.CREATE,
            Status.IN_PROGRESS,
            "",
            "",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            List.of(),
            "",
            Optional.empty(),
            "operation",
            0,
            Optional.empty()));
    return true;
  }

  private Stack takenOver() {
    return database
        .writer()
        .write(handle -> StackTable.takeOver(handle, "s", "operation"))
        .orElseThrow()
        .stack();
  }

  private static DesiredPod pod(String token) {
    return new DesiredPod(
        "pod",
        new ModificationToken(token),
        true,
        new PodBuilder().withNewMetadata().withName("p").endMetadata().build(),
        Map.of(),
        Map.of(),
        UpdateStrategy.RECREATE,
        List.of());
  }

  @Test
  void onlyWhoHasTheStackSaysWhichPodsAreDesired() {
    placement.put(instanceId, stack, "web", pod("before"));

    Stack newer = takenOver();

    assertFenced(() -> placement.put(instanceId, stack, "web", pod("late")));
    assertFenced(() -> placement.remove(instanceId, stack, "pod"));
    assertFenced(() -> placement.handOver("pod", stack, "other"));
    assertThat(placement.desired("pod"))
        .map(DesiredPod::token)
        .map(ModificationToken::value)
        .hasValue("before");

    placement.put(instanceId, newer, "web", pod("after"));
    assertThat(placement.desired("pod"))
        .map(DesiredPod::token)
        .map(ModificationToken::value)
        .hasValue("after");
  }

  private static void assertFenced(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(FencedException.class);
  }
}
