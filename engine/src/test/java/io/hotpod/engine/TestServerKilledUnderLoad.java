package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of three servers on one database one is killed with many stacks in its hands, and one stands
 * still for so long that it counts as dead.
 */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestServerKilledUnderLoad {
  private static final int DOOMED_STACKS = 8;
  private static final int SLOW_STACKS = 4;
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

  /**
   * A server in a process of its own, until its input ends. For each line of it it makes one stack
   * more.
   */
  static final class Separate {
    private Separate() {}

    public static void main(String[] arguments) throws IOException {
      try (EngineFixture engine =
          server(
              Path.of(arguments[0]),
              new DatabaseSettings.Postgresql(arguments[2], arguments[3], Path.of(arguments[4])),
              Path.of(arguments[1]))) {
        int stacks = Integer.parseInt(arguments[5]);
        for (int i = 0; i < stacks; i++) {
          Stack stack = engine.stacks().create(CALLER, request(arguments[6] + i, TEMPLATE));
          System.out.println("began " + stack.id());
        }
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String name = told.readLine(); name != null; name = told.readLine()) {
          Stack stack = engine.create(name, "heat_template_version: 2021-04-16");
          System.out.println(stack.combinedStatus());
        }
      }
    }
  }

  private Process start(DatabaseSettings.Postgresql database, Path things, int stacks, String name)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Separate.class.getName(),
                directory.resolve(name).toString(),
                things.toString(),
                database.url(),
                database.user(),
                database.passwordFile().toString(),
                String.valueOf(stacks),
                name))
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
      Process doomed = start(database, things, DOOMED_STACKS, "doomed");
      Process slow = start(database, things, SLOW_STACKS, "slow");
      try (BufferedReader ofDoomed = doomed.inputReader(UTF_8);
          BufferedReader ofSlow = slow.inputReader(UTF_8)) {
        all.addAll(begun(ofDoomed, DOOMED_STACKS));
        all.addAll(begun(ofSlow, SLOW_STACKS));
        for (int i = 0; i < OTHER_STACKS; i++) {
          all.add(other.stacks().create(CALLER, request("other" + i, TEMPLATE)).id());
        }
        CompletableFuture<List<String>> stopped =
            CompletableFuture.supplyAsync(
                () -> {
                  inTheMiddle(things, slow, SLOW_STACKS);
                  signal(slow, "STOP");
                  return unfinished(things, other, slow);
                });
        inTheMiddle(things, doomed, DOOMED_STACKS);
        doomed.destroyForcibly().waitFor();
        long killed = System.currentTimeMillis();
        List<String> unfinished = unfinished(things, other, doomed);
        assertThat(unfinished).as("stacks in the hands of the one killed").hasSizeGreaterThan(3);
        assertThat(stopped.get()).as("stacks in the hands of the slow one").isNotEmpty();

        for (String id : all) {
          Stack end = other.settled(id);
          assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("CREATE_COMPLETE");
        }
        List<Call> calls = SharedThingType.calls(things);
        assertTakenOverInTime(calls, unfinished, doomed.pid(), killed);
        Set<Long> gone = Set.of(doomed.pid(), slow.pid());
        assertNothingTwice(other, all, calls, gone);
        List<String> before = written(other, all);

        signal(slow, "CONT");
        try (BufferedWriter toSlow = slow.outputWriter(UTF_8)) {
          toSlow.write("afterwards\n");
          toSlow.flush();
          assertThat(ofSlow.readLine()).as("it works again").isEqualTo("CREATE_COMPLETE");
        }
        // It leaves in order, which it does not before the last of its steps has ended.
        assertThat(slow.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(written(other, all)).as("it wrote nothing").isEqualTo(before);
        assertNothingTwice(other, all, SharedThingType.calls(things), gone);
      } finally {
        doomed.destroyForcibly().waitFor();
        slow.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.list(things)) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("thing-")))
            .hasSize(all.size() * NAMES.size());
      }
    }
  }

  private static List<String> begun(BufferedReader output, int stacks) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < stacks; i++) {
      ids.add(String.valueOf(output.readLine()).substring("began ".length()));
    }
    return ids;
  }

  /** Several steps of each of its stacks are done and others are begun. */
  private static void inTheMiddle(Path things, Process server, int stacks) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                SharedThingType.calls(things).stream()
                        .filter(call -> call.process() == server.pid())
                        .count()
                    >= stacks * 3L);
  }

  private static void signal(Process process, String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> unfinished(Path things, EngineFixture other, Process server) {
    return calls(things).stream()
        .filter(call -> call.process() == server.pid())
        .map(Call::stackId)
        .distinct()
        .filter(id -> !other.stacks().find(CALLER, id).combinedStatus().endsWith("COMPLETE"))
        .toList();
  }

  private static List<Call> calls(Path things) {
    try {
      return SharedThingType.calls(things);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is known of the stacks. */
  private static List<String> written(EngineFixture server, List<String> stacks) {
    return stacks.stream()
        .flatMap(
            id ->
                Stream.of(
                    server.stacks().find(CALLER, id).toString(),
                    server.stacks().resources(CALLER, id).toString(),
                    server.stacks().events(CALLER, id, EventFilter.ALL).toString()))
        .toList();
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

  /** What was in flight when its process was gone is repeated under its token; nothing else is. */
  private static void assertNothingTwice(
      EngineFixture server, List<String> stacks, List<Call> calls, Set<Long> gone) {
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
          assertThat(times.getFirst().process()).isIn(gone);
          assertThat(times.getLast().process()).isNotEqualTo(times.getFirst().process());
          assertThat(requireNonNull(completed.get(name)).time().toEpochMilli())
              .isGreaterThanOrEqualTo(times.getLast().millis());
        }
      }
    }
  }
}
