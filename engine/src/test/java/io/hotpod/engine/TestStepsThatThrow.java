package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.schema.ResourceSchema;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A resource type that throws what no type should, in each of the places where it can. */
final class TestStepsThatThrow {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        one: {type: OS::Heat::Value, properties: {value: 1}}
        bad: {type: "Test::Bad", properties: {text: VERSION}}
        after: {type: OS::Heat::Value, depends_on: bad, properties: {value: 1}}
      """;

  @TempDir private Path directory;
  private final Bad bad = new Bad();
  private Engine engine;

  /** Where it throws. */
  enum Place {
    DECIDE,
    CREATE,
    UPDATE,
    DELETE,
    SUSPEND,
    CHECK
  }

  /** What throws, as often as it was told to. */
  private static final class Bad implements ResourceType {
    private final Map<Place, RuntimeException> throwing = new ConcurrentHashMap<>();

    void mend() {
      throwing.clear();
    }

    private void at(Place place) {
      RuntimeException failure = throwing.get(place);
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public ResourceSchema schema() {
      return ResourceSchema.anything("Test::Bad", "Throws.");
    }

    @Override
    public Decision decide(
        DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
      at(Place.DECIDE);
      return before.equals(after) ? Decision.NONE : Decision.update(List.of("text changed"));
    }

    @Override
    public boolean replaceWhenFailed() {
      return false;
    }

    @Override
    public Physical create(ResourceContext context) {
      at(Place.CREATE);
      return Physical.of(context.resource().id());
    }

    @Override
    public Physical update(ResourceContext context, ResourceRecord existing) {
      at(Place.UPDATE);
      return Physical.of(context.resource().id());
    }

    @Override
    public void delete(ResourceContext context) {
      at(Place.DELETE);
    }

    @Override
    public void suspend(ResourceContext context) {
      at(Place.SUSPEND);
    }

    @Override
    public Optional<List<String>> check(ResourceContext context) {
      at(Place.CHECK);
      return Optional.of(List.of());
    }

    @Override
    public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
      return Optional.empty();
    }
  }

  @BeforeEach
  void open() {
    DatabaseSettings database = DatabaseFixture.settings(directory);
    engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                .on(database)
                .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory)),
            List.of(bad));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Stack settled(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> engine.stacks().find(EngineFixture.CALLER, id),
            stack -> stack.status() != Status.IN_PROGRESS);
  }

  private Stack create() {
    return settled(
        engine
            .stacks()
            .create(
                EngineFixture.CALLER,
                EngineFixture.request("s", TEMPLATE.replace("VERSION", "first")))
            .id());
  }

  private Stack update(String id, String version) {
    engine
        .stacks()
        .update(
            EngineFixture.CALLER,
            id,
            EngineFixture.request("", TEMPLATE.replace("VERSION", version)));
    return settled(id);
  }

  private Stack act(String id, Place place) {
    switch (place) {
      case DECIDE, UPDATE -> update(id, "second");
      case DELETE -> engine.stacks().delete(EngineFixture.CALLER, id);
      case SUSPEND -> engine.stacks().suspend(EngineFixture.CALLER, id);
      case CHECK -> engine.stacks().check(EngineFixture.CALLER, id);
      case CREATE -> throw new IllegalStateException("it is created already");
    }
    return settled(id);
  }

  @ParameterizedTest
  @EnumSource(value = Place.class, mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
  void theResourceHasFailedAndTheNextOperationGoesOn(Place place) {
    String id = create().id();
    bad.throwing.put(place, new NullPointerException("a mistake of ours"));

    Stack failed = act(id, place);

    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.statusReason()).contains("bad", "a mistake of ours");
    bad.mend();
    Stack again = act(id, place);
    assertThat(again.status()).as(again.statusReason()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aCreateThatThrowsHasFailedAndNothingBehindItIsBegun() {
    bad.throwing.put(Place.CREATE, new IllegalArgumentException("a mistake of ours"));

    Stack stack = create();

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(engine.stacks().events(EngineFixture.CALLER, stack.id(), EventFilter.ALL))
        .extracting(Event::resourceName)
        .contains("one", "bad")
        .doesNotContain("after");
    bad.mend();
    assertThat(update(stack.id(), "second").combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aDatabaseThatIsAwayIsNoFailureOfTheResource() {
    bad.throwing.put(Place.CREATE, new DatabaseAwayException("it cannot be reached"));
    String id =
        engine
            .stacks()
            .create(
                EngineFixture.CALLER,
                EngineFixture.request("s", TEMPLATE.replace("VERSION", "first")))
            .id();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                engine.stacks().events(EngineFixture.CALLER, id, EventFilter.ALL).stream()
                    .anyMatch(event -> event.resourceName().equals("bad")));
    bad.mend();

    assertThat(settled(id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(engine.stacks().events(EngineFixture.CALLER, id, EventFilter.ALL))
        .noneMatch(event -> event.status() == Status.FAILED)
        .extracting(Event::resourceName)
        .contains("after");
  }
}
