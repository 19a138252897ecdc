package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class TestGroupWriter {
  private @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    database.writer().write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static int insert(Handle handle, int number) {
    return handle.execute("INSERT INTO t (n) VALUES (?)", number);
  }

  private List<Integer> numbers() {
    return database.read(
        handle -> handle.createQuery("SELECT n FROM t ORDER BY n").mapTo(Integer.class).list());
  }

  @Test
  void whatIsWrittenIsThereForTheNextReader() {
    database.writer().write(handle -> insert(handle, 1));

    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void aWriteThatThrowsIsUndoneAloneAndThrownToItsWriter() {
    CountDownLatch gate = new CountDownLatch(1);
    database
        .writer()
        .submit(
            handle -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            lost -> {});
    AtomicReference<Optional<RuntimeException>> first = new AtomicReference<>(Optional.empty());
    // These three share a group, because the gate holds the writer while they are handed in.
    database.writer().submit(handle -> insert(handle, 1), first::set);
    AtomicReference<Optional<RuntimeException>> second = new AtomicReference<>(Optional.empty());
    database
        .writer()
        .submit(
            handle -> {
              insert(handle, 2);
              throw new IllegalStateException("no");
            },
            second::set);
    gate.countDown();
    database.writer().write(handle -> insert(handle, 3));

    assertThat(numbers()).containsExactly(1, 3);
    assertThat(first.get()).isEmpty();
    assertThat(second.get()).get().extracting(Throwable::getMessage).isEqualTo("no");
    assertThatThrownBy(
            () ->
                database
                    .writer()
                    .write(
                        handle -> {
                          throw new IllegalStateException("again");
                        }))
        .hasMessage("again");
  }

  private Runnable gate() {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    database
        .writer()
        .submit(
            handle -> {
              reached.countDown();
              awaited(gate);
            },
            lost -> {});
    awaited(reached);
    return gate::countDown;
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JournalEntry entry(String stack, long fence, String eventId) {
    Event event =
        new Event(
            eventId,
            0,
            stack,
            Instant.EPOCH,
            "resource",
            "OS::Heat::None",
            "",
            Action.CREATE,
            Status.COMPLETE,
            "state changed");
    return new JournalEntry(
        stack, fence, List.of(), List.of(), Optional.empty(), List.of(event), Optional.empty());
  }

  private void addStack(String id) {
    database
        .writer()
        .write(
            handle ->
                handle.execute(
                    """
                    INSERT INTO stack (id, project, name, action, status, status_reason, description,
                      created_at, disable_rollback, tags, definition_id, operation_id, fence)
                    VALUES (?, 'default', ?, 'CREATE', 'IN_PROGRESS', '', '', 0, FALSE, '[]', '', '', 1)
                    """,
                    id,
                    id));
  }

  @Test
  void anEntryThatCannotBeWrittenIsLostAlone() {
    addStack("mine");
    addStack("other");
    database.writer().write(entry("mine", 1, "event"));
    Runnable open = gate();
    Map<String, String> outcomes = new ConcurrentHashMap<>();
    Map<String, JournalEntry> entries = new LinkedHashMap<>();
    entries.put("before", entry("mine", 1, "first"));
    entries.put("said already", entry("mine", 1, "event"));
    entries.put("of no stack", entry("nowhere", 1, "second"));
    entries.put("fenced", entry("other", 0, "third"));
    entries.put("after", entry("other", 1, "fourth"));
    entries.forEach((name, each) -> database.writer().submit(each, outcome(outcomes, name)));
    open.run();
    database.writer().write(handle -> 0);

    assertThat(outcomes)
        .containsEntry("before", "written")
        .containsEntry("after", "written")
        .containsEntry("fenced", "FencedException")
        .hasEntrySatisfying("said already", outcome -> assertThat(outcome).isNotEqualTo("written"))
        .hasEntrySatisfying("of no stack", outcome -> assertThat(outcome).isNotEqualTo("written"));
    assertThat(events()).containsExactly("event", "first", "fourth");
  }

  /** Each of them shares a group with an entry before it and a write after it. */
  @Test
  void whateverFailsTakesNothingWithItThatCameBefore() {
    addStack("mine");
    Map<String, Consumer<Handle>> failures = new LinkedHashMap<>();
    failures.put(
        "before it says anything",
        handle -> {
          throw new IllegalStateException("no");
        });
    failures.put(
        "when it is sent",
        handle -> {
          Later.update(handle, "INSERT INTO t (n) VALUES (1000)").execute();
          Later.update(handle, "INSERT INTO t (n) VALUES (1000)").execute();
        });
    failures.put(
        "after it was answered",
        handle -> {
          insert(handle, 1_000);
          insert(handle, 1_000);
        });
    List<Integer> written = new ArrayList<>();
    List<String> events = new ArrayList<>();
    failures.forEach(
        (name, failure) -> {
          Map<String, String> outcomes = new ConcurrentHashMap<>();
          Runnable open = gate();
          events.add("before " + name);
          database.writer().submit(entry("mine", 1, "before " + name), outcome(outcomes, "entry"));
          database.writer().submit(failure, outcome(outcomes, "failure"));
          database
              .writer()
              .submit(entry("mine", 1, "before " + name), outcome(outcomes, "said already"));
          written.add(written.size());
          database
              .writer()
              .submit(handle -> insert(handle, written.getLast()), outcome(outcomes, "write"));
          open.run();
          database.writer().write(handle -> 0);

          assertThat(outcomes)
              .as(name)
              .containsEntry("entry", "written")
              .containsEntry("write", "written")
              .hasEntrySatisfying("failure", each -> assertThat(each).isNotEqualTo("written"))
              .hasEntrySatisfying("said already", each -> assertThat(each).isNotEqualTo("written"));
          assertThat(numbers()).as(name).isEqualTo(written);
          assertThat(events()).as(name).isEqualTo(events);
        });
  }

  private static Consumer<Optional<RuntimeException>> outcome(
      Map<String, String> outcomes, String name) {
    return lost ->
        outcomes.put(name, lost.map(e -> e.getClass().getSimpleName()).orElse("written"));
  }

  private List<String> events() {
    return database.read(
        handle ->
            handle.createQuery("SELECT id FROM event ORDER BY number").mapTo(String.class).list());
  }

  @Test
  void whatTheSchedulerChangesOfTheEmbeddedDatabaseSharesCommits() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    database.close();
    database =
        Database.open(
            new DatabaseSettings.Embedded(),
            directory.resolve("own.db"),
            directory.resolve("own.key"),
            new Commits() {
              @Override
              public void after() {
                commits.incrementAndGet();
              }
            });
    database.writer().write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
    Runnable open = gate();
    int before = commits.get();
    Thread scheduler = Thread.ofVirtual().start(() -> insertAsTheScheduler(1));
    await().until(() -> scheduler.getState() == Thread.State.WAITING);
    database.writer().submit(handle -> insert(handle, 2), lost -> {});
    open.run();
    scheduler.join();

    assertThat(numbers()).containsExactly(1, 2);
    // The one of the gate, and one for both.
    assertThat(commits.get() - before).isEqualTo(2);
  }

  private void insertAsTheScheduler(int number) {
    try (Connection connection = database.schedulerSource().getConnection();
        PreparedStatement statement = connection.prepareStatement("INSERT INTO t (n) VALUES (?)")) {
      statement.setInt(1, number);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatTheSchedulerCannotChangeIsThrownToItAlone() throws Exception {
    try (Connection connection =
            GroupedSource.of(new SQLiteDataSource(), database.writer()).getConnection();
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO nothing_such VALUES (1)")) {
      assertThatThrownBy(statement::execute).hasMessageContaining("nothing_such");
    }
    database.writer().write(handle -> insert(handle, 1));

    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void writesAreAppliedInTheirOrder() {
    IntStream.rangeClosed(1, 2_000)
        .forEach(
            number ->
                database.writer().submit(handle -> insert(handle, 5_000 - number), lost -> {}));
    database.writer().write(handle -> 0);

    Integer count =
        database.read(
            handle -> handle.createQuery("SELECT count(*) FROM t").mapTo(Integer.class).one());
    assertThat(count).isEqualTo(2_000);
  }

  @Test
  void afterTheCloseNothingIsTakenSilently() {
    database.close();

    assertThatThrownBy(() -> database.writer().write(handle -> 0))
        .hasMessage("the database is closed");
  }
}
