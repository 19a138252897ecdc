package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Parameters that an update may not change. */
final class TestImmutableParameters {
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      parameters:
        fixed: {type: string, default: a, immutable: true}
        free: {type: string, default: x}
      resources:
        r: {type: OS::Heat::Value, properties: {value: [{get_param: fixed}, {get_param: free}]}}
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

  private static StackRequest with(String template, String name, String value) {
    Map<String, JsonNode> values = Map.of(name, JsonNodeFactory.instance.stringNode(value));
    return request("s", template, values);
  }

  private static void assertRefused(ThrowingCallable change) {
    EngineException refused = catchThrowableOfType(EngineException.class, change);
    assertThat(refused)
        .hasMessage("The following parameters are immutable and may not be updated: fixed");
    assertThat(refused.code()).isEqualTo(ErrorCode.IMMUTABLE_PARAMETER);
  }

  @Test
  void cannotBeChangedByAnyUpdate() {
    Stack stack = fixture.create("s", TEMPLATE);
    StackRequest changed = with(TEMPLATE, "fixed", "b");

    assertRefused(() -> fixture.stacks().update(CALLER, stack.id(), changed));
    assertRefused(() -> fixture.stacks().patch(CALLER, stack.id(), changed));
    assertRefused(() -> fixture.stacks().previewUpdate(CALLER, stack.id(), changed));
    assertRefused(() -> fixture.stacks().previewPatch(CALLER, stack.id(), changed));
    assertRefused(
        () ->
            fixture
                .stacks()
                .update(
                    CALLER,
                    stack.id(),
                    request("s", TEMPLATE.replace("default: a", "default: b"))));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void theSameValueIsNoChange() {
    Stack stack = fixture.create("s", TEMPLATE);

    fixture.stacks().update(CALLER, stack.id(), with(TEMPLATE, "fixed", "a"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    fixture.stacks().patch(CALLER, stack.id(), with(TEMPLATE, "free", "y"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void oneThatWasNotThereBeforeMayHaveAnyValue() {
    Stack stack = fixture.create("s", "heat_template_version: 2021-04-16\nresources: {}\n");

    fixture.stacks().update(CALLER, stack.id(), with(TEMPLATE, "fixed", "b"));

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }
}
