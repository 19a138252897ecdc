package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates that look at what is there before they decide what to do. */
final class TestConvergeUpdate {
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        kept: {type: %1$s, properties: {value: kept}}
        lost: {type: %2$s, properties: {value: lost}}
        inside: {type: inner.yaml}
      """
          .formatted(ThingType.CHOSEN, ThingType.FOUND);

  private static final String INNER =
      """
      heat_template_version: 2021-04-16
      resources:
        kept: {type: %1$s, properties: {value: kept inside}}
        lost: {type: %2$s, properties: {value: lost inside}}
      """
          .formatted(ThingType.CHOSEN, ThingType.FOUND);

  private final OutsideWorld world = new OutsideWorld();
  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    DyingCommits alive = new DyingCommits();
    fixture = new EngineFixture(directory, ThingType.both(() -> world, alive));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static StackRequest things() {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(TEMPLATE),
        "template",
        Map.of("inner.yaml", INNER),
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty());
  }

  private List<String> values() {
    return world.things().stream().map(OutsideWorld.Thing::value).sorted().toList();
  }

  private void lose(String value) {
    world.things().stream()
        .filter(thing -> thing.value().equals(value))
        .forEach(thing -> world.remove(thing.id()));
  }

  private Stack update(Stack stack, StackRequest request) {
    fixture.stacks().update(CALLER, stack.id(), request);
    return fixture.settled(stack.id());
  }

  @Test
  void whatIsLostIsMadeAnewAndTheRestIsLeftAlone() {
    Stack stack = fixture.stacks().create(CALLER, things());
    fixture.settled(stack.id());
    List<OutsideWorld.Thing> before = world.things();
    lose("lost");
    lose("lost inside");

    Stack unaware = update(stack, things());

    assertThat(unaware.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values()).containsExactly("kept", "kept inside");

    Stack updated = update(stack, things().converging(true));

    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values()).containsExactly("kept", "kept inside", "lost", "lost inside");
    assertThat(world.things())
        .filteredOn(thing -> thing.value().startsWith("kept"))
        .containsExactlyInAnyOrderElementsOf(
            before.stream().filter(thing -> thing.value().startsWith("kept")).toList());
    assertThat(fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL))
        .anySatisfy(
            event -> {
              assertThat(event.resourceName()).isEqualTo("lost");
              assertThat(event.action() + "_" + event.status()).isEqualTo("CHECK_FAILED");
              assertThat(event.reason()).isEqualTo("it is lost");
            });
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void whoeverGoesOnWithItLooksAtWhatIsThereToo() {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          first: {type: %1$s, properties: {value: first, slow: %3$s}}
          lost: {type: %2$s, depends_on: first, properties: {value: lost}}
        """;
    Stack stack =
        fixture.create("s", template.formatted(ThingType.CHOSEN, ThingType.FOUND, "false"));
    lose("lost");
    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            EngineFixture.request(
                    "s", template.formatted(ThingType.CHOSEN, ThingType.FOUND, "true"))
                .converging(true));
    fixture.until(stack.id(), each -> world.anybodyWaits());

    world.processDied();
    fixture.restart();
    fixture.until(stack.id(), each -> world.anybodyWaits());
    world.release();

    Stack updated = fixture.settled(stack.id());
    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(values()).containsExactly("first", "lost");
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void aPodThatIsMissingIsMadeAnewAndOneOnASilentInstanceIsLeftAlone() {
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      Stack stack = fixture.create("p", WebPod.ONCE);
      StackRequest looking = EngineFixture.request("p", WebPod.ONCE).converging(true);
      ResourceRecord before = fixture.stacks().resource(CALLER, stack.id(), "web");

      assertThat(update(stack, looking).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
      assertThat(fixture.stacks().resource(CALLER, stack.id(), "web").token())
          .isEqualTo(before.token());

      agent.lose(before.id());
      assertThat(update(stack, looking).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
      assertThat(fixture.stacks().resource(CALLER, stack.id(), "web").token())
          .isNotEqualTo(before.token());
    }
  }
}
