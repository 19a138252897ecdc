package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestHooks {
  private static final String ONE =
      """
      heat_template_version: 2021-04-16
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: %s}}
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

  private static StackRequest request(String value, String hook) {
    return TestNestedStacks.request(
        "s",
        ONE.formatted(value),
        Map.of(),
        "resource_registry: {resources: {\"o*\": {hooks: [%s]}}}".formatted(hook));
  }

  private boolean told(String stackId, String reason) {
    return fixture.stacks().events(CALLER, stackId, EventFilter.ALL).stream()
        .anyMatch(event -> event.reason().equals(reason));
  }

  private void untilPaused(String stackId, String action, String hook) {
    String words = "%s paused until Hook %s is cleared".formatted(action, hook);
    fixture.until(stackId, stack -> told(stackId, words));
  }

  private void clear(String stackId, String resource, String hook) {
    fixture
        .stacks()
        .signal(
            CALLER,
            stackId,
            resource,
            JsonNodeFactory.instance.objectNode().put("unset_hook", hook));
  }

  private String status(String stackId) {
    return fixture.stacks().resource(CALLER, stackId, "one").combinedStatus();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCreateWaitsBeforeAndAfter(boolean restart) {
    Stack stack = fixture.stacks().create(CALLER, request("a", "pre-create, post-create"));
    untilPaused(stack.id(), "CREATE", "pre-create");
    assertThat(status(stack.id())).isEqualTo("INIT_COMPLETE");
    if (restart) {
      fixture.restart();
    }

    clear(stack.id(), "one", "pre-create");

    assertThat(told(stack.id(), "Hook pre-create is cleared")).isTrue();
    untilPaused(stack.id(), "CREATE", "post-create");
    assertThat(status(stack.id())).isEqualTo("CREATE_COMPLETE");
    if (restart) {
      fixture.restart();
    }
    clear(stack.id(), "one", "post-create");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(
            fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
                .filter(event -> event.reason().contains("paused")))
        .as("once each")
        .hasSize(2);
  }

  /** What is said of a resource that is a stack is not said of what is inside it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: inner.yaml}",
        "{type: OS::Heat::ResourceGroup, properties: {count: 1, resource_def: {type: inner.yaml}}}"
      })
  void aStackInsideIsWaitedForAsAWhole(String one) {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                TestNestedStacks.request(
                    "s",
                    "heat_template_version: 2021-04-16\nresources: {one: %s}\n".formatted(one),
                    Map.of("inner.yaml", ONE.formatted("a")),
                    "resource_registry: {resources: {one: {hooks: pre-create, restricted_actions:"
                        + " replace}}}"));
    untilPaused(stack.id(), "CREATE", "pre-create");

    clear(stack.id(), "one", "pre-create");

    Stack created = fixture.settled(stack.id());
    assertThat(created.combinedStatus()).as(created.statusReason()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void anUpdateWaitsBeforeAndAfter() {
    Stack stack = fixture.create("s", ONE.formatted("a"));
    fixture.stacks().update(CALLER, stack.id(), request("b", "pre-update, post-update"));
    untilPaused(stack.id(), "UPDATE", "pre-update");
    assertThat(status(stack.id())).isEqualTo("CREATE_COMPLETE");

    clear(stack.id(), "one", "pre-update");
    untilPaused(stack.id(), "UPDATE", "post-update");
    clear(stack.id(), "one", "post-update");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aDeleteWaitsBeforeAndAfter() {
    Stack stack = fixture.stacks().create(CALLER, request("a", "pre-delete, post-delete"));
    fixture.settled(stack.id());
    fixture.stacks().delete(CALLER, stack.id());
    untilPaused(stack.id(), "DELETE", "pre-delete");
    assertThat(status(stack.id())).isEqualTo("CREATE_COMPLETE");

    clear(stack.id(), "one", "pre-delete");
    untilPaused(stack.id(), "DELETE", "post-delete");
    clear(stack.id(), "one", "post-delete");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aNewerOperationDoesNotWaitForTheHooksOfAnOlder() {
    Stack stack = fixture.stacks().create(CALLER, request("a", "pre-create"));
    untilPaused(stack.id(), "CREATE", "pre-create");

    assertThat(fixture.update(stack.id(), ONE.formatted("a")).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aCancelledOperationEndsWhereItWaits() {
    Stack stack = fixture.stacks().create(CALLER, request("a", "pre-create"));
    untilPaused(stack.id(), "CREATE", "pre-create");

    fixture.stacks().cancelWithoutRollback(CALLER, stack.id());

    assertThat(status(stack.id())).isEqualTo("INIT_COMPLETE");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void onlyWhatWaitsCanBeCleared() {
    Stack stack = fixture.stacks().create(CALLER, request("a", "pre-create"));
    untilPaused(stack.id(), "CREATE", "pre-create");

    assertThatThrownBy(() -> clear(stack.id(), "one", "pre-lunch"))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("Invalid hook type \"pre-lunch\" for resource one");
    assertThatThrownBy(() -> clear(stack.id(), "one", "pre-update"))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_BREAK_POINT_HOOK))
        .hasMessage("The \"pre-update\" hook is not defined on one");
  }
}
