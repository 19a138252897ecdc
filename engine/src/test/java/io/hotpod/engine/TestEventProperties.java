package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each event tells what its resource was made of at that time, and no secret. */
final class TestEventProperties {
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      parameters:
        password: {type: string, hidden: true}
      resources:
        changed: {type: OS::Heat::TestResource, properties: {value: VALUE}}
        replaced: {type: OS::Heat::Value, properties: {type: string, value: VALUE}}
        secret: {type: OS::Heat::TestResource, properties: {value: {get_param: password}}}
        inside: {type: inner.yaml, properties: {word: {get_param: password}, other: {get_param: password}}}
      """;

  private static final String INNER =
      """
      heat_template_version: 2021-04-16
      parameters:
        word: {type: string}
        other: {type: string, hidden: true}
      resources:
        deep: {type: OS::Heat::TestResource, properties: {value: {get_param: word}}}
      """;

  @TempDir private Path directory;

  private static StackRequest request(String value, String password) {
    return requestOf(TEMPLATE.replace("VALUE", value), password);
  }

  private static StackRequest requestOf(String template, String password) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(template),
        "template",
        Map.of("inner.yaml", INNER),
        new EnvironmentLayers(
            List.of(), Map.of("password", JsonNodeFactory.instance.stringNode(password))),
        Set.of(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty());
  }

  private static List<EventDetails> events(EngineFixture engine, String stackId) {
    EventFilter all =
        new EventFilter(Optional.empty(), true, Optional.empty(), Optional.empty(), Duration.ZERO);
    return engine.stacks().events(CALLER, stackId, all).stream()
        .map(event -> engine.stacks().event(CALLER, stackId, event.id()))
        .toList();
  }

  private static List<String> told(EngineFixture engine, String stackId, String name) {
    return events(engine, stackId).stream()
        .filter(each -> each.event().resourceName().equals(name))
        .map(
            each ->
                "%s_%s %s"
                    .formatted(
                        each.event().action(),
                        each.event().status(),
                        each.properties().path("value").asString("-")))
        .toList();
  }

  @Test
  void eachEventTellsThePropertiesOfItsTime() {
    try (EngineFixture engine = new EngineFixture(directory)) {
      Stack stack = engine.stacks().create(CALLER, request("one", "planted-4711"));
      engine.settled(stack.id());
      engine.stacks().update(CALLER, stack.id(), request("two", "planted-4711"));
      engine.settled(stack.id());

      List<String> before =
          List.of(
              "CREATE_IN_PROGRESS one",
              "CREATE_COMPLETE one",
              "UPDATE_IN_PROGRESS two",
              "UPDATE_COMPLETE two");
      assertThat(told(engine, stack.id(), "changed")).isEqualTo(before);

      engine.restart();
      engine.delete(stack.id());

      assertThat(told(engine, stack.id(), "changed"))
          .startsWith(before.toArray(String[]::new))
          .endsWith("DELETE_IN_PROGRESS two", "DELETE_COMPLETE two");
      assertThat(events(engine, stack.id()))
          .filteredOn(each -> each.event().resourceType().equals(Event.STACK_TYPE))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.properties()).isEmpty());
    }
  }

  @Test
  void anIncarnationKeepsItsOwn() {
    try (EngineFixture engine = new EngineFixture(directory)) {
      Stack stack = engine.stacks().create(CALLER, request("one", "planted-4711"));
      engine.settled(stack.id());
      String retyped =
          TEMPLATE.replace(
              "OS::Heat::Value, properties: {type: string, value: VALUE}",
              "OS::Heat::TestResource, properties: {value: two}");
      engine
          .stacks()
          .update(CALLER, stack.id(), requestOf(retyped.replace("VALUE", "one"), "planted-4711"));
      engine.settled(stack.id());

      assertThat(told(engine, stack.id(), "replaced"))
          .contains("CREATE_COMPLETE one", "CREATE_COMPLETE two", "DELETE_COMPLETE one");
    }
  }

  @Test
  void whatIsHiddenIsHiddenHereToo() {
    try (EngineFixture engine = new EngineFixture(directory)) {
      Stack stack = engine.stacks().create(CALLER, request("one", "planted-4711"));
      engine.settled(stack.id());
      String inside = engine.stacks().resource(CALLER, stack.id(), "inside").id();
      engine.stacks().update(CALLER, stack.id(), request("one", "planted-4712"));
      engine.settled(stack.id());
      engine.delete(stack.id());

      for (String id : List.of(stack.id(), inside)) {
        assertThat(events(engine, id).toString()).contains("******").doesNotContain("planted");
      }
      assertThat(told(engine, stack.id(), "secret"))
          .hasSizeGreaterThan(4)
          .allMatch(each -> each.endsWith("******"));
      assertThat(told(engine, inside, "deep"))
          .hasSizeGreaterThan(4)
          .allMatch(each -> each.endsWith("******"));
    }
  }
}
