package io.hotpod.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.SettableClock;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.wake.Wakeups;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ageing and the renewal of what agents show. */
final class TestCredentials {
  private static final Caller CALLER = Caller.of("default");

  private @TempDir Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T12:00:00Z"));
  private Database database;
  private StoredInstanceService instances;
  private Enrolment first;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    instances =
        new StoredInstanceService(
            database,
            new Wakeups(),
            clock,
            () -> UUID.randomUUID().toString(),
            new SecureRandom(),
            new StackSecrets(database, new Definitions()),
            instanceId -> {});
    first = instances.enrol(token(), "web-1");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String token() {
    return instances.createJoinToken(CALLER, Duration.ofMinutes(5)).secret();
  }

  private Authenticity show(String credential) {
    return instances.authenticate(first.instanceId(), credential);
  }

  @Test
  void aCredentialAgesAndExpires() {
    assertThat(show(first.credential())).isEqualTo(Authenticity.GOOD);

    clock.jump(Duration.ofDays(15).minusSeconds(1));
    assertThat(show(first.credential())).isEqualTo(Authenticity.GOOD);
    clock.jump(Duration.ofSeconds(1));
    assertThat(show(first.credential())).isEqualTo(Authenticity.AGEING);
    clock.jump(Duration.ofDays(15).minusSeconds(1));
    assertThat(show(first.credential())).isEqualTo(Authenticity.AGEING);
    clock.jump(Duration.ofSeconds(1));
    assertThat(show(first.credential())).isEqualTo(Authenticity.EXPIRED);
    assertThat(show("made up")).isEqualTo(Authenticity.REFUSED);
  }

  @Test
  void theOldOneIsGoodUntilTheNewOneWasUsed() {
    clock.jump(Duration.ofDays(16));
    String second = instances.renew(first.instanceId());

    assertThat(show(first.credential())).isEqualTo(Authenticity.AGEING);
    assertThat(show(second)).isEqualTo(Authenticity.GOOD);
    assertThat(show(first.credential())).isEqualTo(Authenticity.REFUSED);
    assertThat(instances.find(CALLER, "web-1").credential().expiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofDays(30)));
  }

  @Test
  void answersThatAreLostLockNobodyOut() {
    clock.jump(Duration.ofDays(16));
    String lost = instances.renew(first.instanceId());
    String alsoLost = instances.renew(first.instanceId());

    assertThat(show(first.credential())).isEqualTo(Authenticity.AGEING);
    String third = instances.renew(first.instanceId());

    assertThat(show(lost)).isEqualTo(Authenticity.REFUSED);
    assertThat(show(alsoLost)).isEqualTo(Authenticity.REFUSED);
    assertThat(show(third)).isEqualTo(Authenticity.GOOD);
    assertThat(show(first.credential())).isEqualTo(Authenticity.REFUSED);
  }

  @Test
  void anOfferThatIsKeptAndUsedOnlyAfterTheOldOneExpiredIsGood() {
    clock.jump(Duration.ofDays(29));
    String second = instances.renew(first.instanceId());
    clock.jump(Duration.ofDays(10));

    assertThat(show(first.credential())).isEqualTo(Authenticity.EXPIRED);
    assertThat(show(second)).isEqualTo(Authenticity.GOOD);
  }

  @Test
  void rotationAsksForOneAtOnce() {
    long version = instances.find(CALLER, "web-1").desiredVersion();
    instances.rotate(CALLER, "web-1");

    assertThat(show(first.credential())).isEqualTo(Authenticity.AGEING);
    assertThat(instances.find(CALLER, "web-1").credential().renewing()).isTrue();
    assertThat(instances.awaitDesired(first.instanceId(), version, Duration.ZERO)).isPresent();

    assertThat(show(instances.renew(first.instanceId()))).isEqualTo(Authenticity.GOOD);
    assertThat(instances.find(CALLER, "web-1").credential().renewing()).isFalse();
  }

  @Test
  void aRemovedInstanceHasNone() {
    String second = instances.renew(first.instanceId());

    instances.remove(CALLER, "web-1", true);

    assertThat(show(first.credential())).isEqualTo(Authenticity.REFUSED);
    assertThat(show(second)).isEqualTo(Authenticity.REFUSED);
    assertThatThrownBy(() -> instances.renew(first.instanceId()))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void aMachineThatWasAwayForTooLongComesBackAsItself() {
    clock.jump(Duration.ofDays(31));

    Enrolment again = instances.enrol(token(), "web-1");

    assertThat(again.instanceId()).isEqualTo(first.instanceId());
    assertThat(show(again.credential())).isEqualTo(Authenticity.GOOD);
    assertThat(show(first.credential())).isEqualTo(Authenticity.REFUSED);
    assertThatThrownBy(() -> instances.enrol(token(), "web-1"))
        .hasMessageContaining("There is an instance web-1 already");
  }
}
