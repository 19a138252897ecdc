package io.hotpod.bench;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.TimeOrderedIds;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.secret.BulkRandom;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/** An engine in this process, and what figures ask of it. */
final class EngineLoad implements AutoCloseable {
  private static final Caller CALLER = Caller.of("default");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SHORTEST_LOOK = Duration.ofMillis(1).toNanos() / 2;
  private static final long LONGEST_LOOK = Duration.ofMillis(10).toNanos();

  /** How many clients there are that create stacks, each one after the other. */
  private static final int CLIENTS = 8;

  private final Engine engine;

  /**
   * @param directory of this server alone
   * @param database that other servers may have too
   */
  EngineLoad(Path directory, DatabaseSettings database) {
    Path keys =
        switch (database) {
          case DatabaseSettings.Embedded _ -> directory.resolve(EngineSettings.SECRETS_KEY_FILE);
          case DatabaseSettings.Postgresql there ->
              there.passwordFile().resolveSibling(EngineSettings.SECRETS_KEY_FILE);
        };
    this.engine =
        Engines.open(
            new EngineSettings(
                    directory,
                    Clock.systemUTC(),
                    new TimeOrderedIds(Clock.systemUTC(), new BulkRandom(new SecureRandom())))
                .on(database)
                .withSecretsKeyFile(keys));
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

  /**
   * Waits until an operation of a stack has ended well. It looks now and then, the less often the
   * longer it takes, and at one row: to follow the events of thousands of resources would cost the
   * engine as much as it takes to make them.
   */
  void await(String id) {
    long start = System.nanoTime();
    while (true) {
      Stack stack = engine.stacks().find(CALLER, id);
      if (stack.status() == Status.FAILED) {
        throw new IllegalStateException(stack.statusReason());
      }
      if (stack.status() == Status.COMPLETE) {
        return;
      }
      long waited = System.nanoTime() - start;
      if (waited > PATIENCE.toNanos()) {
        throw new IllegalStateException("not within " + PATIENCE + ": stack " + id);
      }
      LockSupport.parkNanos(Math.clamp(waited / 100, SHORTEST_LOOK, LONGEST_LOOK));
    }
  }

  /** The events of a stack, oldest first. */
  List<Event> events(String id) {
    return engine
        .stacks()
        .events(
            CALLER,
            id,
            new EventFilter(
                Optional.empty(), true, Optional.empty(), Optional.empty(), Duration.ZERO));
  }

  /** When something happened to a stack for the first time after an instant. */
  Instant awaitEventAfter(String id, Instant instant) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      Optional<Instant> found =
          events(id).stream().map(Event::time).filter(instant::isBefore).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LONGEST_LOOK);
    }
    throw new IllegalStateException("not within " + PATIENCE + ": stack " + id);
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

  /** Accepts many stacks, from several clients at once; their ids. */
  List<String> acceptAll(String prefix, int stacks, String template) {
    return atOnce(IntStream.range(0, stacks).boxed().toList(), i -> accept(prefix + i, template));
  }

  private static <T, R> List<R> atOnce(List<T> each, Function<T, R> work) {
    try (ExecutorService clients =
        Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
      List<Future<R>> answers =
          each.stream().map(one -> clients.submit(() -> work.apply(one))).toList();
      return answers.stream().map(EngineLoad::answer).toList();
    }
  }

  private static <R> R answer(Future<R> request) {
    try {
      return request.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Creates many stacks at once and waits for all; their ids. */
  List<String> createAll(String prefix, int stacks, String template) {
    List<String> ids = acceptAll(prefix, stacks, template);
    ids.forEach(this::await);
    return ids;
  }

  void deleteAll(List<String> ids) {
    atOnce(
        ids,
        id -> {
          startDelete(id);
          return id;
        });
    ids.forEach(this::await);
  }

  @Override
  public void close() {
    engine.close();
  }
}
