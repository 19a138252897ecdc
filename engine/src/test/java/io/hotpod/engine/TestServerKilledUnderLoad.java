package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.SharedThingType.Call;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** One of two servers on one database is killed with many stacks in its hands. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestServerKilledUnderLoad {
  private static final int DOOMED_STACKS = 8;
  private static final int OTHER_STACKS = 4;
  private static final Duration TAKEN_OVER = Duration.ofSeconds(10);
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  /** Two chains of four that meet in the middle. */
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        a: {type: %1$s}
        b: {type: %1$s, depends_on: a}
        c: {type: %1$s, depends_on: [b, f]}
        d: {type: %1$s, depends_on: c}
        e: {type: %1$s}
        f: {type: %1$s, depends_on: e}
        g: {type: %1$s, depends_on: [f, b]}
        h: {type: %1$s, depends_on: g}
      """
          .formatted(SharedThingType.NAME);

  @TempDir private Path directory;

  private static EngineFixture server(
      Path state, DatabaseSettings.Postgresql database, Path things) {
    return new EngineFixture(
        state, database, Clock.systemUTC(), List.of(new SharedThingType(things)));
  }

  /** The process that is killed. */
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] arguments) throws InterruptedException {
      EngineFixture engine =
          server(
              Path.of(arguments[0]),
              new DatabaseSettings.Postgresql(arguments[2], arguments[3], Path.of(arguments[4])),
              Path.of(arguments[1]));
      for (int i = 0; i < DOOMED_STACKS; i++) {
        Stack stack = engine.stacks().create(CALLER, request("doomed" + i, TEMPLATE));
        System.out.println("began " + stack.id());
      }
      new CountDownLatch(1).await();
    }
  }

  private Process start(DatabaseSettings.Postgresql database, Path things) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName(),
                directory.resolve("doomed").toString(),
                things.toString(),
                database.url(),
                database.user(),
                database.passwordFile().toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void everythingGoesOnElsewhereAndNothingIsDoneTwice() throws Exception {
    DatabaseSettings.Postgresql database = DatabaseFixture.postgresql(directory);
    Path things = Files.createDirectory(directory.resolve("things"));
    Files.createFile(SharedThingType.journal(things));
    List<String> all = new ArrayList<>();
    try (EngineFixture other = server(directory.resolve("other"), database, things)) {
      Process doomed = start(database, things);
      long killed;
      List<String> unfinished;
      try {
        try (BufferedReader output = doomed.inputReader(StandardCharsets.UTF_8)) {
          for (int i = 0; i < DOOMED_STACKS; i++) {
            all.add(String.valueOf(output.readLine()).substring("began ".length()));
          }
        }
        for (int i = 0; i < OTHER_STACKS; i++) {
          all.add(other.stacks().create(CALLER, request("other" + i, TEMPLATE)).id());
        }
        // In the middle: several steps of each are done and others are begun.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    SharedThingType.calls(things).stream()
                            .filter(call -> call.process() == doomed.pid())
                            .count()
                        >= DOOMED_STACKS * 3);
      } finally {
        doomed.destroyForcibly().waitFor();
        killed = System.currentTimeMillis();
      }
      unfinished =
          SharedThingType.calls(things).stream()
              .filter(call -> call.process() == doomed.pid())
              .map(Call::stackId)
              .distinct()
              .filter(id -> !other.stacks().find(CALLER, id).combinedStatus().endsWith("COMPLETE"))
              .toList();
      assertThat(unfinished).as("stacks in the hands of the one killed").hasSizeGreaterThan(3);

      for (String id : all) {
        Stack end = other.settled(id);
        assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("CREATE_COMPLETE");
      }

      List<Call> calls = SharedThingType.calls(things);
      assertTakenOverInTime(calls, unfinished, doomed.pid(), killed);
      assertNothingTwice(other, all, calls, doomed.pid());
      try (Stream<Path> files = Files.list(things)) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("thing-")))
            .hasSize(all.size() * NAMES.size());
      }
    }
  }

  private static void assertTakenOverInTime(
      List<Call> calls, List<String> unfinished, long doomed, long killed) {
    for (String id : unfinished) {
      assertThat(calls)
          .as("stack %s goes on elsewhere within %s of %d", id, TAKEN_OVER, killed)
          .anySatisfy(
              call -> {
                assertThat(call.stackId()).isEqualTo(id);
                assertThat(call.process()).isNotEqualTo(doomed);
                assertThat(call.millis() - killed).isLessThan(TAKEN_OVER.toMillis());
              });
    }
  }

  /** What was in flight when its process died is repeated under its token; nothing else is. */
  private static void assertNothingTwice(
      EngineFixture server, List<String> stacks, List<Call> calls, long doomed) {
    Map<String, List<Call>> byResource =
        calls.stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.stackId() + "/" + call.resource(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (String id : stacks) {
      Map<String, Event> completed =
          server.stacks().events(CALLER, id, EventFilter.ALL).stream()
              .filter(event -> !event.resourceType().equals(Event.STACK_TYPE))
              .filter(event -> (event.action() + "_" + event.status()).equals("CREATE_COMPLETE"))
              // Fails where there are two of one resource.
              .collect(Collectors.toMap(Event::resourceName, Function.identity()));
      assertThat(completed).containsOnlyKeys(NAMES);
      for (String name : NAMES) {
        List<Call> times = byResource.getOrDefault(id + "/" + name, List.of());
        assertThat(times).extracting(Call::token).as(id + " " + name).hasSizeBetween(1, 2);
        assertThat(times.stream().map(Call::token).distinct()).hasSize(1);
        if (times.size() == 2) {
          assertThat(times.getFirst().process()).isEqualTo(doomed);
          assertThat(times.getLast().process()).isNotEqualTo(doomed);
          assertThat(requireNonNull(completed.get(name)).time().toEpochMilli())
              .isGreaterThanOrEqualTo(times.getLast().millis());
        }
      }
    }
  }
}
