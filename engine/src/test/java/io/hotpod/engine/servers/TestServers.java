package io.hotpod.engine.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.SettableClock;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of itself. */
final class TestServers {
  private static final Instant BEGIN = Instant.parse("2026-11-01T12:00:00Z");

  private static final String FIRST = "a".repeat(64);

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
  void whereAServerIsReachedIsKnownToWhoHasTheKey() {
    PeerAddress old = new PeerAddress(URI.create("https://10.0.0.1:8004"), Optional.of(FIRST));
    PeerAddress renewed = new PeerAddress(old.uri(), Optional.of(FIRST.replace('a', 'b')));
    AtomicReference<PeerAddress> now = new AtomicReference<>(old);
    assertThat(servers.find("one").orElseThrow().address()).isEmpty();
    assertThat(servers.find("two")).isEmpty();

    servers.reachableAt(() -> Optional.ofNullable(now.get()));
    assertThat(servers.find("one").orElseThrow().address()).contains(old);
    assertThat(servers.self()).isEqualTo(servers.find("one").orElseThrow());

    now.set(renewed);
    stayAfter(Server.REPORTS_EVERY);
    assertThat(servers.find("one").orElseThrow().address()).contains(renewed);
    String stored =
        database.read(
            handle -> handle.createQuery("SELECT peer FROM server").mapTo(String.class).one());
    assertThat(stored).isNotBlank().doesNotContain("10.0.0.1").doesNotContain(FIRST);
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
