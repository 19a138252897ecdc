package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
