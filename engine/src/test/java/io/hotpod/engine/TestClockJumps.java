package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.template.environment.EnvironmentLayers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The clock of the machine is set while a step waits. */
final class TestClockJumps {
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: 300}
        after: {type: OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}}
      """;

  private @TempDir Path directory;
  private final SettableClock clock = new SettableClock(Instant.now());
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory, clock);
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean waits(Stack stack) {
    return fixture.stacks().resources(CALLER, stack.id()).stream()
        .anyMatch(
            each ->
                each.name().equals("wait") && each.combinedStatus().equals("CREATE_IN_PROGRESS"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-90_000, -600, 600, 1_800})
  void aStepThatWaitsIsNeitherTimedOutNorForgotten(long seconds) {
    Stack stack = fixture.stacks().create(CALLER, EngineFixture.request("s", WAITS));
    fixture.until(stack.id(), each -> waits(stack));

    clock.jump(Duration.ofSeconds(seconds));
    fixture
        .stacks()
        .signal(
            CALLER,
            stack.id(),
            "handle",
            JsonMapper.shared().readValue("{\"data\":\"here\"}", ObjectNode.class));

    Stack end = fixture.settled(stack.id());
    assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "after", "value")).contains("here");
  }

  @Test
  void whatIsBegunAfterAJumpHasTheTimeThatWasLeft() {
    String template =
        WAITS
            .replace("  after:", "  last:")
            .replace(
                "OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}",
                "inner.yaml, depends_on: wait");
    StackRequest request =
        new StackRequest(
            Optional.of("s"),
            Optional.of(template),
            "template",
            Map.of("inner.yaml", WAITS),
            new EnvironmentLayers(List.of(), Map.of()),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Stack stack = fixture.stacks().create(CALLER, request);
    fixture.until(stack.id(), each -> waits(stack));

    clock.jump(Duration.ofHours(2));
    ObjectNode here = JsonMapper.shared().readValue("{\"data\":\"here\"}", ObjectNode.class);
    fixture.stacks().signal(CALLER, stack.id(), "handle", here);
    Stack inside =
        Awaitility.await()
            .until(
                () ->
                    fixture
                        .stacks()
                        .resource(CALLER, stack.id(), "last")
                        .nestedStackId()
                        .flatMap(id -> fixture.stacks().inside(CALLER, id)),
                found -> found.filter(this::waits).isPresent())
            .orElseThrow();
    fixture.stacks().signal(CALLER, inside.id(), "handle", here);

    Stack end = fixture.settled(stack.id());
    assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("CREATE_COMPLETE");
  }
}
