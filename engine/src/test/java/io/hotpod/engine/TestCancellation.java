package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static io.hotpod.engine.EngineFixture.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestCancellation {
  private static final String SLOW =
      """
      heat_template_version: 2021-04-16
      resources:
        slow: {type: OS::Heat::TestResource, properties: {value: %s, wait_secs: %d}}
        last: {type: OS::Heat::TestResource, properties: {value: %s}, depends_on: slow}
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

  private List<String> statuses(String stackId) {
    return fixture.stacks().resources(CALLER, stackId).stream()
        .map(resource -> resource.name() + " " + resource.combinedStatus())
        .toList();
  }

  private Stack waiting(String template) {
    Stack stack = fixture.stacks().create(CALLER, rollingBack(request("s", template)));
    return fixture.until(
        stack.id(), each -> statuses(each.id()).contains("slow CREATE_IN_PROGRESS"));
  }

  private void untilNothingRuns(String stackId) {
    fixture.until(
        stackId,
        each ->
            fixture.stacks().resources(CALLER, stackId).stream()
                .noneMatch(resource -> resource.status() == Status.IN_PROGRESS));
  }

  @Test
  void aCancelledCreateHasFailedAtOnceAndEndsWhatItBegan() {
    Stack stack = waiting(SLOW.formatted("x", 1, "x"));

    fixture.stacks().cancelWithoutRollback(CALLER, stack.id());

    Stack cancelled = fixture.stacks().find(CALLER, stack.id());
    assertThat(cancelled.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(cancelled.statusReason()).isEqualTo("Stack CREATE cancelled");
    untilNothingRuns(stack.id());
    assertThat(statuses(stack.id())).containsExactly("slow CREATE_COMPLETE", "last INIT_COMPLETE");
    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .as("no rollback")
        .isEqualTo("CREATE_FAILED");
    assertThat(fixture.update(stack.id(), SLOW.formatted("x", 0, "x")).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aRestartRemembersThatItIsCancelled() {
    Stack stack = waiting(SLOW.formatted("x", 1, "x"));
    fixture.stacks().cancelWithoutRollback(CALLER, stack.id());

    fixture.restart();

    untilNothingRuns(stack.id());
    assertThat(statuses(stack.id())).containsExactly("slow CREATE_COMPLETE", "last INIT_COMPLETE");
    assertThat(
            fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
                .filter(event -> event.resourceType().equals(Event.STACK_TYPE))
                .map(Event::reason))
        .containsExactlyInAnyOrder("Stack CREATE started", "Stack CREATE cancelled");
  }

  @Test
  void anUpdateIsCancelledWithAndWithoutRollback() {
    Stack stack = fixture.create("s", SLOW.formatted("x", 0, "x"));
    for (boolean rollback : new boolean[] {false, true}) {
      fixture
          .stacks()
          .update(CALLER, stack.id(), request("s", SLOW.formatted("y" + rollback, 1, "y")));
      fixture.until(stack.id(), each -> statuses(each.id()).contains("slow UPDATE_IN_PROGRESS"));
      if (rollback) {
        fixture.stacks().cancelUpdate(CALLER, stack.id());
        assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("ROLLBACK_COMPLETE");
      } else {
        fixture.stacks().cancelWithoutRollback(CALLER, stack.id());
        assertThat(fixture.stacks().find(CALLER, stack.id()).statusReason())
            .isEqualTo("Stack UPDATE cancelled");
      }
    }
  }

  @Test
  void whatIsInsideIsCancelledToo() {
    String outer =
        """
        heat_template_version: 2021-04-16
        resources:
          inner: {type: inner.yaml}
        """;
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                TestNestedStacks.request(
                    "s", outer, Map.of("inner.yaml", SLOW.formatted("x", 1, "x")), "{}"));
    fixture.until(stack.id(), each -> statuses(each.id()).contains("inner CREATE_IN_PROGRESS"));
    String inner = fixture.stacks().resource(CALLER, stack.id(), "inner").id();
    // The stack inside is written after the resource that it is.
    fixture.until(stack.id(), each -> isThere(inner));
    fixture.until(inner, each -> statuses(inner).contains("slow CREATE_IN_PROGRESS"));

    fixture.stacks().cancelWithoutRollback(CALLER, stack.id());

    untilNothingRuns(stack.id());
    assertThat(fixture.stacks().find(CALLER, inner).statusReason())
        .isEqualTo("Stack CREATE cancelled");
    assertThat(statuses(inner)).containsExactly("slow CREATE_COMPLETE", "last INIT_COMPLETE");
    assertThat(statuses(stack.id())).containsExactly("inner CREATE_FAILED");
  }

  private boolean isThere(String id) {
    try {
      return fixture.stacks().find(CALLER, id).id().equals(id);
    } catch (EngineException e) {
      return false;
    }
  }

  @Test
  void whatDoesNotRunCannotBeCancelled() {
    Stack stack = fixture.create("s", SLOW.formatted("x", 0, "x"));

    assertThatThrownBy(() -> fixture.stacks().cancelWithoutRollback(CALLER, stack.id()))
        .isInstanceOf(EngineException.class)
        .hasMessage("Cancelling update when stack is CREATE_COMPLETE is not supported.");
    assertThatThrownBy(() -> fixture.stacks().cancelUpdate(CALLER, stack.id()))
        .isInstanceOf(EngineException.class)
        .hasMessage("Cancelling update when stack is CREATE_COMPLETE is not supported.");
  }
}
