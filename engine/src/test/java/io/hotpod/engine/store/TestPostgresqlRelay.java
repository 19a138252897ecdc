package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Word between servers of what changed. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestPostgresqlRelay {
  private @TempDir Path directory;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private PostgresqlRelay here;
  private PostgresqlRelay there;

  @BeforeEach
  void open() throws IOException {
    here = relay();
    there = relay();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private PostgresqlRelay relay() throws IOException {
    DatabaseSettings.Postgresql database = DatabaseFixture.postgresql(directory);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setPassword(Files.readString(database.passwordFile()).strip());
    return new PostgresqlRelay(source);
  }

  /** Both listen when this returns, and the one has told the other something. */
  private void listen(Consumer<String> hears) throws InterruptedException {
    CountDownLatch listening = new CountDownLatch(1);
    there.listen(hears, listening::countDown);
    here.listen(topic -> {}, () -> {});
    assertThat(listening.await(30, TimeUnit.SECONDS)).isTrue();
    here.publish("first");
    assertHeard("first");
  }

  private void assertHeard(String topic) throws InterruptedException {
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(topic);
  }

  @Test
  void aServerThatEndsTellsFirstWhatItHasToTell() throws InterruptedException {
    listen(heard::add);

    here.publish("last");
    here.close();

    assertHeard("last");
  }

  @Test
  void whoCannotTakeOneTopicHearsTheNext() throws InterruptedException {
    listen(
        topic -> {
          if (topic.equals("odd")) {
            throw new IllegalStateException("cannot take " + topic);
          }
          heard.add(topic);
        });

    here.publish("odd");
    here.publish("even");

    assertHeard("even");
  }
}
