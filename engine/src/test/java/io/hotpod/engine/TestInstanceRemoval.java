package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestInstanceRemoval {
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

  private InstanceService instances() {
    return fixture.engine().instances();
  }

  private ResourceRecord web(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "web");
  }

  @Test
  void anInstanceWithoutPodsGoesAndItsNameIsFree() {
    FakeAgent agent = new FakeAgent(fixture.engine(), "web-1");
    agent.close();

    instances().remove(CALLER, "web-1", false);

    assertThat(instances().list(CALLER)).isEmpty();
    FakeAgent next = new FakeAgent(fixture.engine(), "web-1");
    next.close();
    assertThat(instances().list(CALLER)).extracting(Instance::name).containsExactly("web-1");
  }

  @Test
  void oneWithPodsIsKeptUnlessTheyAreGivenUp() {
    Stack stack;
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      stack = fixture.create("shop", WebPod.ALWAYS);
      assertThat(agent.started()).containsExactly("web");
    }

    assertThatThrownBy(() -> instances().remove(CALLER, "web-1", false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("shop")
        .hasMessageContaining("by force");
    assertThat(web(stack).combinedStatus()).isEqualTo("CREATE_COMPLETE");

    instances().remove(CALLER, "web-1", true);

    assertThat(web(stack).combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(web(stack).statusReason()).isEqualTo("instance web-1 was removed");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void oneThatLeavesByItselfIsGoneWhateverIsWantedThere() throws InterruptedException {
    Stack stack;
    String id;
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      stack = fixture.create("shop", WebPod.ALWAYS);
      assertThat(agent.started()).containsExactly("web");
      id = instances().find(CALLER, "web-1").id();
    }

    try (EventFollower follower =
        fixture.engine().feed().follow(CALLER, new EventScope.Project(), Optional.empty())) {
      assertThat(follower.next(Duration.ofMillis(1))).as("what was before").isEmpty();
      instances().leave(id);

      assertThat(follower.next(Duration.ofSeconds(20)))
          .as("who follows is woken")
          .extracting(told -> told.event().reason())
          .containsExactly("instance web-1 has left");
    }
    assertThat(instances().list(CALLER)).isEmpty();
    assertThat(web(stack).combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(web(stack).statusReason()).isEqualTo("instance web-1 has left");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aDeleteThatWaitsForALostMachineEndsWithItsRemoval() {
    Stack stack;
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      stack = fixture.create("shop", WebPod.ALWAYS);
      assertThat(agent.started()).containsExactly("web");
    }
    fixture.stacks().delete(CALLER, stack.id());
    fixture.until(
        stack.id(), now -> web(stack).statusReason().contains("has not taken the change over yet"));

    instances().remove(CALLER, "web-1", true);

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void anUpdateBringsThePodToTheMachineThatTookThePlace() {
    Stack stack;
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      stack = fixture.create("shop", WebPod.ALWAYS);
      assertThat(agent.started()).containsExactly("web");
    }
    instances().remove(CALLER, "web-1", true);

    try (FakeAgent next = new FakeAgent(fixture.engine(), "web-1")) {
      assertThat(fixture.update(stack.id(), WebPod.ALWAYS).combinedStatus())
          .isEqualTo("UPDATE_COMPLETE");
      assertThat(next.started()).containsExactly("web");
    }
  }
}
