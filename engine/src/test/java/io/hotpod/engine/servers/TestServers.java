package io.hotpod.engine.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.SettableClock;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of itself. */
final class TestServers {
  private static final Instant BEGIN = Instant.parse("2026-11-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(BEGIN);
  private @TempDir Path directory;
  private Database database;
  private Servers servers;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    servers = new Servers(database, clock, "one");
    servers.arrive();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Server only() {
    assertThat(servers.all()).hasSize(1);
    return servers.all().getFirst();
  }

  private void stayAfter(Duration time) {
    clock.jump(time);
    servers.stay();
  }

  @Test
  void aServerTellsThatItRunsEveryThirtySeconds() {
    assertThat(only().host()).isNotBlank();

    stayAfter(Duration.ofSeconds(29));
    assertThat(only().seenAt()).isEqualTo(BEGIN);

    stayAfter(Duration.ofSeconds(1));
    assertThat(only()).isEqualTo(new Server("one", only().host(), BEGIN, clock.instant()));
  }

  @Test
  void aClockThatWasPutBackSilencesNobody() {
    stayAfter(Duration.ofHours(-1));

    assertThat(only().seenAt()).isEqualTo(clock.instant());
  }

  @Test
  void aServerIsDownWhenTwoReportsAreMissing() {
    assertThat(only().isUp(BEGIN.plusSeconds(60))).isTrue();
    assertThat(only().isUp(BEGIN.plusSeconds(61))).isFalse();
  }

  @Test
  void aServerThatSaidThatItEndsIsNotTold() {
    servers.leave();

    assertThat(servers.all()).isEmpty();
  }

  @Test
  void aServerThatEndedWithoutAWordIsForgottenAfterADay() {
    clock.jump(Duration.ofDays(1).plusSeconds(1));
    assertThat(servers.all()).isEmpty();

    new Servers(database, clock, "two").arrive();
    clock.jump(Duration.ofDays(-1));
    assertThat(servers.all()).extracting(Server::id).containsExactly("two");
  }
}
