package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Commits;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An engine on a database of its own, and short words for what tests ask of it. */
final class EngineFixture implements AutoCloseable {
  static final Caller CALLER = Caller.of("default");

  private final Path directory;
  private final DatabaseSettings database;
  private final Clock clock;
  private final List<ResourceType> more;
  private Engine engine;

  EngineFixture(Path directory) {
    this(directory, DatabaseFixture.settings(directory));
  }

  /** An engine beside others on the same database. */
  EngineFixture(Path directory, DatabaseSettings database) {
    this(directory, database, Clock.systemUTC(), List.of());
  }

  /** An engine with a time of its own. */
  EngineFixture(Path directory, Clock clock) {
    this(directory, DatabaseFixture.settings(directory), clock, List.of());
  }

  /** An engine with more resource types. */
  EngineFixture(Path directory, List<ResourceType> more) {
    this(directory, DatabaseFixture.settings(directory), Clock.systemUTC(), more);
  }

  EngineFixture(Path directory, DatabaseSettings database, Clock clock, List<ResourceType> more) {
    this.more = more;
    this.directory = directory;
    this.database = database;
    this.clock = clock;
    this.engine = open(Commits.UNDISTURBED);
  }

  private Engine open(Commits commits) {
    return Engines.open(
        new EngineSettings(directory, clock, () -> UUID.randomUUID().toString())
            .on(database)
            .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory)),
        commits,
        more);
  }

  Engine engine() {
    return engine;
  }

  StackService stacks() {
    return engine.stacks();
  }

  /** Closes the engine where it is and opens another on the same state. */
  void restart() {
    restart(Commits.UNDISTURBED);
  }

  /** The same with something between the writes of the new one and the disk. */
  void restart(Commits commits) {
    engine.close();
    engine = open(commits);
  }

  /** Takes a stack over as a server does that holds this one for dead; it does nothing then. */
  void takeOver(Stack stack) {
    try (Database there =
        Database.open(
            database,
            directory.resolve("hotpod.db"),
            DatabaseFixture.keyFile(database, directory))) {
      Optional<StackTable.Taken> taken =
          there
              .writer()
              .write(handle -> StackTable.takeOver(handle, stack.id(), stack.operationId()));
      assertThat(taken).isPresent();
    }
  }

  static StackRequest request(String name, String template) {
    return request(name, template, Map.of());
  }

  static StackRequest request(String name, String template, Map<String, JsonNode> parameters) {
    return new StackRequest(
        Optional.of(name),
        Optional.of(template),
        "template",
        Map.of(),
        new EnvironmentLayers(List.of(), parameters),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static StackRequest rollingBack(StackRequest request) {
    return new StackRequest(
        request.name(),
        request.template(),
        request.templateName(),
        request.files(),
        request.environment(),
        request.clearParameters(),
        request.timeout(),
        Optional.of(false),
        request.tags());
  }

  static StackRequest within(StackRequest request, Duration timeout) {
    return new StackRequest(
        request.name(),
        request.template(),
        request.templateName(),
        request.files(),
        request.environment(),
        request.clearParameters(),
        Optional.of(timeout),
        request.disableRollback(),
        request.tags());
  }

  /** Creates a stack and waits for the end. */
  Stack create(String name, String template) {
    Stack stack = stacks().create(CALLER, request(name, template));
    return settled(stack.id());
  }

  /** Updates a stack and waits for the end. */
  Stack update(String id, String template) {
    stacks().update(CALLER, id, request("", template));
    return settled(id);
  }

  Stack delete(String id) {
    stacks().delete(CALLER, id);
    return settled(id);
  }

  /** Waits, woken by events, until nothing is in progress. */
  Stack settled(String id) {
    return until(id, stack -> stack.status() != Status.IN_PROGRESS);
  }

  Stack until(String id, java.util.function.Predicate<Stack> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Optional<String> marker = Optional.empty();
    while (System.nanoTime() < end) {
      Stack stack = stacks().find(CALLER, id);
      if (condition.test(stack)) {
        return stack;
      }
      List<io.hotpod.engine.event.Event> events =
          stacks()
              .events(
                  CALLER,
                  id,
                  new EventFilter(
                      Optional.empty(), true, Optional.empty(), marker, Duration.ofMillis(500)));
      if (!events.isEmpty()) {
        marker = Optional.of(events.getLast().id());
      }
    }
    throw new AssertionError("still " + stacks().find(CALLER, id) + stacks().resources(CALLER, id));
  }

  String attribute(String stackId, String resource, String attribute) {
    return stacks().attributes(CALLER, stackId, resource).path(attribute).asString("");
  }

  static String status(Action action, Status status) {
    return action + "_" + status;
  }

  @Override
  public void close() {
    engine.close();
  }
}
