package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.source.CleartextServer;
import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestSignals {
  @TempDir Path directory;
  private final HeatHttp http = new HeatHttp();
  private FakeHeat heat;

  @BeforeEach
  void start() throws IOException {
    heat = new FakeHeat();
  }

  @AfterEach
  void stop() {
    http.close();
    heat.close();
  }

  private Path file() {
    return directory.resolve("signals.json");
  }

  private static SignalRecord signal(String id, SignalTransport transport) {
    return new SignalRecord(id, "shop/web", transport, Outcome.success("fine").outputs(), false);
  }

  private SignalRecord cfn(String id) {
    return signal(id, new SignalTransport.SignedUrl("POST", heat.url("/signal?Signature=s3cret")));
  }

  @Test
  void signalsByEachTransport() throws InterruptedException {
    HttpSignaller signaller = new HttpSignaller(http, Duration.ofMillis(1));

    signaller.send(cfn("c1"));
    signaller.send(signal("c2", new SignalTransport.SignedUrl("PUT", heat.url("/signal/object"))));
    signaller.send(signal("c3", new SignalTransport.HeatApi(heat.credentials(), "shop/1", "web")));
    signaller.send(signal("c4", new SignalTransport.None()));

    assertThat(heat.requests)
        .containsExactly(
            "POST /signal",
            "PUT /signal/object",
            "POST /v3/auth/tokens",
            "POST /v1/p1/stacks/shop/1/resources/web/signal");
    assertThat(heat.signals)
        .hasSize(3)
        .allMatch(body -> body.path("deploy_stdout").asString("").equals("fine"));
  }

  @Test
  void heatWithoutTlsAtAnHttpsAddressIsNamedWithoutTheSignature() throws Exception {
    try (CleartextServer server = new CleartextServer()) {
      String url = "https://127.0.0.1:" + server.port() + "/signal?Signature=s3cret";
      SignalRecord signal = signal("c1", new SignalTransport.SignedUrl("POST", url));

      assertThatThrownBy(() -> new HttpSignaller(http).send(signal))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "signalling Heat: 127.0.0.1:%s does not answer: what listens there speaks no TLS, and"
                  + " its address says https",
              server.port());
    }
  }

  @Test
  void tellsWhatTheBodyIs() throws Exception {
    new HttpSignaller(http).send(cfn("c1"));

    String body = heat.digests.keySet().iterator().next();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
    assertThat(heat.digests)
        .containsExactly(
            entry(body, "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":"));
  }

  @Test
  void anObjectIsNewerThanWhatHeatWaitsForByWholeSeconds() throws InterruptedException {
    HttpSignaller signaller = new HttpSignaller(http);
    long began = System.nanoTime();

    signaller.send(signal("c1", new SignalTransport.SignedUrl("PUT", heat.url("/signal/object"))));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(heat.signals).hasSize(1);
  }

  @Test
  void longTextsKeepTheirEnds() throws InterruptedException {
    SignalRecord longOne =
        new SignalRecord(
            "c1",
            "shop/web",
            new SignalTransport.SignedUrl("POST", heat.url("/signal")),
            Outcome.failure("x".repeat(2_000_000) + "the reason").outputs(),
            false);

    new HttpSignaller(http).send(longOne);

    assertThat(heat.signals.getFirst().path("deploy_stderr").asString(""))
        .endsWith("the reason")
        .hasSizeLessThan(950_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410})
  void whatCannotBeTakenIsNotSentAgain(int status) {
    heat.signalStatus.set(status);

    assertThatThrownBy(() -> new HttpSignaller(http).send(cfn("c1")))
        .isInstanceOf(SignalRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void whatMayBeTakenLaterIsSentAgain(int status) {
    heat.signalStatus.set(status);

    assertThatThrownBy(() -> new HttpSignaller(http).send(cfn("c1")))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void ledgerOutlivesARestartAndForgetsSecretsOnceDelivered() throws IOException {
    SignalLedger ledger = new SignalLedger(file());
    ledger.put(cfn("c1"));
    ledger.put(cfn("c2"));
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);

    SignalLedger after = new SignalLedger(file());
    assertThat(after.pending()).containsExactly(cfn("c1"), cfn("c2"));
    after.put(cfn("c1").asDelivered());
    after.keepOnly(Set.of("c1"));

    SignalLedger last = new SignalLedger(file());
    assertThat(last.has("c1")).isTrue();
    assertThat(last.has("c2")).isFalse();
    assertThat(last.pending()).isEmpty();
    assertThat(file()).content().doesNotContain("s3cret");
  }

  @Test
  void ledgerThatCannotBeUnderstoodIsBegunAnew() throws IOException {
    Files.writeString(file(), "[{\"config_id\": 7");

    assertThat(new SignalLedger(file()).pending()).isEmpty();
  }

  @Test
  void senderGoesOnUntilHeatHasIt() throws IOException {
    SignalLedger ledger = new SignalLedger(file());
    AtomicInteger attempts = new AtomicInteger();
    List<String> delivered = new CopyOnWriteArrayList<>();
    Signaller flaky =
        signal -> {
          if (attempts.incrementAndGet() < 3) {
            throw new SourceException("not yet");
          }
        };
    ledger.put(cfn("c1"));

    try (SignalSender sender =
        new SignalSender(ledger, flaky, () -> delivered.add("c1"), new Random(1))) {
      sender.send();
      sender.send();
      await().until(() -> !delivered.isEmpty());
    }

    assertThat(attempts).hasValue(3);
    assertThat(new SignalLedger(file()).pending()).isEmpty();
  }

  @Test
  void senderStopsWhenHeatForgotTheDeployment() throws IOException {
    SignalLedger ledger = new SignalLedger(file());
    AtomicInteger attempts = new AtomicInteger();
    Signaller failing =
        signal -> {
          attempts.incrementAndGet();
          throw new SourceException("never");
        };
    ledger.put(cfn("c1"));

    try (SignalSender sender = new SignalSender(ledger, failing, () -> {}, new Random(1))) {
      sender.send();
      await().until(() -> attempts.get() > 0);
      ledger.keepOnly(Set.of());
      await().until(() -> !sender.isSending());
    }

    assertThat(ledger.pending()).isEmpty();
  }
}
