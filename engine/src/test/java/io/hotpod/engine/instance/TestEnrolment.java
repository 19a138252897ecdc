package io.hotpod.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.PodReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestEnrolment {
  private static final Caller CALLER = Caller.of("default");
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private @TempDir Path directory;
  private Database database;
  private StoredInstanceService instances;

  @BeforeEach
  void open() {
    database = DatabaseFixture.open(directory);
    instances = at(NOW);
  }

  private StoredInstanceService at(Instant now) {
    return new StoredInstanceService(
        database,
        new Wakeups(),
        Clock.fixed(now, ZoneOffset.UTC),
        () -> UUID.randomUUID().toString(),
        new SecureRandom(),
        new StackSecrets(database, new Definitions()),
        instanceId -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String token() {
    return instances.createJoinToken(CALLER, Duration.ofMinutes(5)).secret();
  }

  @Test
  void aCredentialIsOfOneInstanceOnly() {
    Enrolment first = instances.enrol(token(), "web-1");
    Enrolment second = instances.enrol(token(), "web-2");

    assertThat(instances.authenticate(first.instanceId(), first.credential()))
        .isEqualTo(Authenticity.GOOD);
    assertThat(instances.authenticate(first.instanceId(), second.credential()))
        .isEqualTo(Authenticity.REFUSED);
    assertThat(instances.authenticate(first.instanceId(), "")).isEqualTo(Authenticity.REFUSED);
    assertThat(instances.authenticate("no such instance", first.credential()))
        .isEqualTo(Authenticity.REFUSED);
  }

  @Test
  void aTokenIsGoodOnceAndForALostAnswer() {
    String token = token();
    Enrolment lost = instances.enrol(token, "web-1");

    Enrolment again = instances.enrol(token, "web-1");

    assertThat(again.instanceId()).isEqualTo(lost.instanceId());
    assertThat(instances.authenticate(again.instanceId(), again.credential()))
        .isEqualTo(Authenticity.GOOD);
    assertForbidden(() -> instances.enrol(token, "web-1"));
    assertForbidden(() -> instances.enrol(token, "web-2"));
  }

  @Test
  void unknownAndExpiredTokensAreRefused() {
    String token = token();

    assertForbidden(() -> instances.enrol("made up", "web-1"));
    assertForbidden(() -> at(NOW.plus(Duration.ofMinutes(6))).enrol(token, "web-1"));
  }

  private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  @Test
  void aNameIsTakenOnce() {
    instances.enrol(token(), "web-1");

    assertThatThrownBy(() -> instances.enrol(token(), "web-1"))
        .hasMessageContaining("There is an instance web-1 already");
  }

  @Test
  void noSecretStandsInTheDatabase() throws Exception {
    String token = token();
    Enrolment enrolment = instances.enrol(token, "web-1");

    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.toList();
    }
    for (Path file : files) {
      String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(content).doesNotContain(token).doesNotContain(enrolment.credential());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
    assertThat(enrolment).asString().doesNotContain(enrolment.credential());
  }

  @Test
  void anOlderReportOfTheSameRunIsIgnored() {
    Enrolment enrolment = instances.enrol(token(), "web-1");
    instances.report(enrolment.instanceId(), report("run-1", 2, 7));

    instances.report(enrolment.instanceId(), report("run-1", 1, 3));
    assertThat(instances.find(CALLER, "web-1").appliedVersion()).isEqualTo(7);

    instances.report(enrolment.instanceId(), report("run-2", 1, 4));
    assertThat(instances.find(CALLER, "web-1").appliedVersion()).isEqualTo(4);
  }

  @Test
  void anInstanceThatFellSilentIsNotConnected() {
    Enrolment enrolment = instances.enrol(token(), "web-1");
    instances.report(enrolment.instanceId(), report("run-1", 1, 0));

    assertThat(at(NOW.plusSeconds(60)).find(CALLER, "web-1").connected()).isTrue();
    assertThat(at(NOW.plusSeconds(90)).find(CALLER, "web-1").connected()).isFalse();
  }

  private static PodReport report(String session, long sequence, long version) {
    return new PodReport(
        session,
        sequence,
        version,
        NOW,
        new InstanceFacts("host", "1", "podman", "4", ""),
        List.of());
  }
}
