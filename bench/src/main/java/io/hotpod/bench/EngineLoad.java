package io.hotpod.bench;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An engine in this process, and what figures ask of it. */
final class EngineLoad implements AutoCloseable {
  private static final Caller CALLER = Caller.of("default");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Engine engine;

  EngineLoad(Path directory, DatabaseSettings database) {
    this.engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                .on(database));
  }

  /** Accepts a stack; its id. */
  String accept(String name, String template) {
    return engine.stacks().create(CALLER, request(name, template)).id();
  }

  /** Creates a stack and waits until it is complete; its id. */
  String create(String name, String template) {
    String id = accept(name, template);
    await(id);
    return id;
  }

  void update(String id, String template) {
    engine.stacks().update(CALLER, id, request("", template));
    await(id);
  }

  void delete(String id) {
    engine.stacks().delete(CALLER, id);
    await(id);
  }

  void startDelete(String id) {
    engine.stacks().delete(CALLER, id);
  }

  /** Waits, woken by events, until an operation of a stack has ended well. */
  void await(String id) {
    until(id, false);
  }

  /** Waits, woken by events, until something of a stack has happened besides its acceptance. */
  void awaitBegin(String id) {
    until(id, true);
  }

  private void until(String id, boolean begun) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<String> marker = newest(id).map(Event::id);
    while (System.nanoTime() < end) {
      Stack stack = engine.stacks().find(CALLER, id);
      if (stack.status() == Status.FAILED) {
        throw new IllegalStateException(stack.statusReason());
      }
      if (stack.status() == Status.COMPLETE
          || (begun
              && newest(id)
                  .filter(event -> !event.resourceType().equals(Event.STACK_TYPE))
                  .isPresent())) {
        return;
      }
      // Only the newest is fetched, so that looking on costs the engine little.
      engine
          .stacks()
          .events(
              CALLER,
              id,
              new EventFilter(
                  Optional.empty(), false, Optional.of(1), marker, Duration.ofSeconds(1)));
      marker = newest(id).map(Event::id);
    }
    throw new IllegalStateException("not within " + PATIENCE + ": stack " + id);
  }

  private Optional<Event> newest(String id) {
    return engine
        .stacks()
        .events(
            CALLER,
            id,
            new EventFilter(
                Optional.empty(), false, Optional.of(1), Optional.empty(), Duration.ZERO))
        .stream()
        .findFirst();
  }

  /** How many resources of a stack are being worked on. */
  long inProgress(String id) {
    return engine.stacks().resources(CALLER, id).stream()
        .filter(resource -> resource.status() == Status.IN_PROGRESS)
        .count();
  }

  private static StackRequest request(String name, String template) {
    return new StackRequest(
        Optional.of(name),
        Optional.of(template),
        "template",
        Templates.LEVELS,
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Creates many stacks at once and waits for all; their ids. */
  List<String> createAll(String prefix, int stacks, String template) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < stacks; i++) {
      ids.add(accept(prefix + i, template));
    }
    ids.forEach(this::await);
    return ids;
  }

  void deleteAll(List<String> ids) {
    ids.forEach(this::startDelete);
    ids.forEach(this::await);
  }

  @Override
  public void close() {
    engine.close();
  }
}
