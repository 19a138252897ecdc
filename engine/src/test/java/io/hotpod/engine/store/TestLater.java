package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that travel together, as a writer sees them: as if each went by itself. */
final class TestLater {
  private static final String INSERT = "INSERT INTO t (n, words) VALUES (:n, :words)";

  private @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    database
        .writer()
        .write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, words TEXT)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Later insert(Handle handle, int number) {
    return Later.update(handle, INSERT).bind("n", number).bind("words", null);
  }

  private static List<Integer> numbers(Handle handle) {
    return handle.createQuery("SELECT n FROM t ORDER BY n").mapTo(Integer.class).list();
  }

  @Test
  void whatWasAskedForBeforeIsSeenAfter() {
    List<Integer> seen =
        database
            .writer()
            .write(
                handle -> {
                  insert(handle, 1).execute();
                  Later.update(handle, "UPDATE t SET n = n + :more, words = :words")
                      .bind("more", 10L)
                      .bind("words", "it's :n; ?")
                      .execute();
                  insert(handle, 1).execute();
                  return numbers(handle);
                });

    assertThat(seen).containsExactly(1, 11);
    assertThat(database.read(TestLater::numbers)).containsExactly(1, 11);
    String words =
        database.read(
            handle ->
                handle.createQuery("SELECT words FROM t WHERE n = 11").mapTo(String.class).one());
    assertThat(words).isEqualTo("it's :n; ?");
  }

  @Test
  void whatFailsIsToldToItsWriterAndUndoneAlone() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(4);
    List<Integer> lost = new ArrayList<>();
    database.writer().submit(handle -> awaited(gate), problem -> {});
    for (int number : List.of(1, 2, 1, 3)) {
      database
          .writer()
          .submit(
              handle -> {
                insert(handle, number + 100).execute();
                insert(handle, number).execute();
              },
              problem -> {
                problem.ifPresent(why -> lost.add(number));
                told.countDown();
              });
    }

    gate.countDown();
    told.await();

    assertThat(lost).containsExactly(1);
    assertThat(database.read(TestLater::numbers)).containsExactly(1, 2, 3, 101, 102, 103);
  }

  @Test
  void whatWasNotSentYetGoesWithItsWriter() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(2);
    database.writer().submit(handle -> awaited(gate), problem -> {});
    database
        .writer()
        .submit(
            handle -> {
              insert(handle, 1).execute();
              throw new IllegalStateException("no");
            },
            problem -> told.countDown());
    database.writer().submit(handle -> insert(handle, 2).execute(), problem -> told.countDown());

    gate.countDown();
    told.await();

    assertThat(database.read(TestLater::numbers)).containsExactly(2);
  }

  @Test
  void aWriteThatIsAloneIsUndoneToo() {
    assertThatThrownBy(
            () ->
                database
                    .writer()
                    .write(
                        handle -> {
                          insert(handle, 1).execute();
                          insert(handle, 1).execute();
                          return numbers(handle);
                        }))
        .hasStackTraceContaining("constraint");

    database
        .writer()
        .write(
            handle -> {
              insert(handle, 2).execute();
              return Optional.empty();
            });
    assertThat(database.read(TestLater::numbers)).containsExactly(2);
  }

  @Test
  void manyRowsOfOneStatementKeepTheirOrder() {
    database
        .writer()
        .write(
            handle -> {
              Later.executeAll(IntStream.range(0, 1_000).mapToObj(n -> insert(handle, n)).toList());
              return Optional.empty();
            });

    assertThat(database.read(TestLater::numbers)).hasSize(1_000);
  }

  @Test
  void aParameterThatWasForgottenIsNamed() {
    assertThatThrownBy(
            () ->
                database
                    .writer()
                    .write(
                        handle -> {
                          Later.update(handle, INSERT).bind("n", 1).execute();
                          return Optional.empty();
                        }))
        .hasMessageContaining("words");
  }

  private static void awaited(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
