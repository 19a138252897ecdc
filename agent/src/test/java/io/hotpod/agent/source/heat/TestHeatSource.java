package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.source.Source;
import io.hotpod.agent.source.SourceException;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestHeatSource {
  @TempDir Path root;
  private FakeHeat heat;
  private HeatSource source;

  @BeforeEach
  void start() throws IOException {
    heat = new FakeHeat();
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/os-collect-config.conf"),
        "[request]\nmetadata_url = " + heat.url("/object") + "\n");
    source = open(Optional.empty());
  }

  @AfterEach
  void stop() {
    source.close();
    heat.close();
  }

  private HeatSource open(Optional<DesiredPods> known) throws IOException {
    return new HeatSource(
        new HeatSettings(
            InstanceFiles.below(root), root.resolve("state"), Optional.of(Duration.ofMillis(100))),
        known,
        Clock.systemUTC(),
        new Random(1));
  }

  private HeatConfig config(String id, String action) {
    return HeatConfig.of(id, action).input("deploy_signal_id", heat.url("/signal/" + id));
  }

  private DesiredPods first() throws InterruptedException {
    return source.desired(Source.NO_VERSION).orElseThrow();
  }

  private static PodReport report(long version, ObservedPod... pods) {
    return new PodReport(
        "s",
        1,
        version,
        Instant.EPOCH,
        new InstanceFacts("h", "1", "podman", "4", ""),
        List.of(pods));
  }

  private void awaitSignals(String... ids) {
    for (String id : ids) {
      await().until(() -> heat.requests.contains("POST /signal/" + id));
    }
  }

  @Test
  void deploymentBecomesAPodAndThePodASignal() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();

    source.report(report(0));
    source.report(report(desired.version(), Observed.unready(desired.pods().getFirst())));
    assertThat(heat.signals).isEmpty();
    source.report(report(desired.version(), Observed.ready(desired.pods().getFirst())));

    awaitSignals("c1");
    assertThat(heat.signals.getFirst().path("deploy_status_code").asInt(-1)).isZero();
  }

  @Test
  void newConfigWithEqualContentIsSignalledAndChangesNothing() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();
    source.report(report(desired.version(), Observed.ready(desired.pods().getFirst())));
    awaitSignals("c1");

    heat.deployments(config("c2", "UPDATE"));

    assertThat(source.desired(desired.version())).isEmpty();
    awaitSignals("c2");
  }

  @Test
  void suspendedPodIsSignalledWhenItIsGone() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods running = first();
    ObservedPod pod = Observed.ready(running.pods().getFirst());
    source.report(report(running.version(), pod));

    heat.deployments(config("c2", "SUSPEND"));
    DesiredPods suspended = source.desired(running.version()).orElseThrow();
    assertThat(suspended.version()).isGreaterThan(running.version());
    assertThat(suspended.pods().getFirst().run()).isFalse();
    source.report(report(suspended.version(), pod));
    assertThat(heat.requests).doesNotContain("POST /signal/c2");
    source.report(report(suspended.version()));

    awaitSignals("c2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "null", "[]", "{\"deployments\": null}", "{\"deployments\": {}}", "<html>"})
  void nonsenseChangesNothing(String document) throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();

    heat.metadata(document);

    assertThatThrownBy(() -> source.desired(desired.version())).isInstanceOf(SourceException.class);
    heat.deployments(config("c1", "CREATE"));
    assertThat(source.desired(desired.version())).isEmpty();
  }

  @Test
  void silenceChangesNothing() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();

    heat.metadataStatus.set(404);

    assertThatThrownBy(() -> source.desired(desired.version())).isInstanceOf(SourceException.class);
  }

  @Test
  void emptyListIsAnOrder() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();

    heat.deployments();

    assertThat(source.desired(desired.version())).get().returns(List.of(), DesiredPods::pods);
  }

  @Test
  void signalThatHeatDidNotTakeIsSentByTheNextRun() throws Exception {
    heat.signalStatus.set(503);
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();
    source.report(report(desired.version(), Observed.ready(desired.pods().getFirst())));
    awaitSignals("c1");
    source.close();
    int before = heat.signals.size();
    heat.signalStatus.set(200);

    source = open(Optional.of(desired));

    await().until(() -> heat.signals.size() > before);
    SignalLedger ledger = new SignalLedger(root.resolve("state/heat-signals.json"));
    await()
        .until(() -> new SignalLedger(root.resolve("state/heat-signals.json")).pending().isEmpty());
    assertThat(ledger.has("c1")).isTrue();
  }

  @Test
  void restartOffersNothingNew() throws Exception {
    heat.deployments(config("c1", "CREATE"));
    DesiredPods desired = first();
    source.close();

    source = open(Optional.of(desired));

    assertThat(source.desired(desired.version())).isEmpty();
  }

  @Test
  void setThatCouldNotBeKeptIsOfferedAgain() throws InterruptedException {
    heat.deployments(config("c1", "CREATE"));

    assertThat(first()).isEqualTo(first());
  }

  @Test
  void followsHeatToAnotherTransport() throws InterruptedException {
    heat.metadata(
        "{\"deployments\": [], \"os-collect-config\": {\"cfn\": {\"metadata_url\": \""
            + heat.url("/cfn/")
            + "\", \"access_key_id\": \"k\", \"secret_access_key\": \"s\","
            + " \"stack_name\": \"shop\", \"path\": \"server.Metadata\"}}}");
    DesiredPods desired = first();

    assertThat(source.desired(desired.version())).isEmpty();

    assertThat(heat.requests).contains("GET /cfn/");
  }

  @Test
  void looksAtOnceWhenTheLocalListChanges() throws Exception {
    source.close();
    Path list = root.resolve("heat-config");
    Files.writeString(list, "[]");
    source =
        new HeatSource(
            new HeatSettings(
                InstanceFiles.below(root).withHeatConfigOnly(list),
                root.resolve("local"),
                Optional.of(Duration.ofHours(1))),
            Optional.empty(),
            Clock.systemUTC(),
            new Random(1));
    DesiredPods none = first();
    assertThat(source.desired(none.version())).isEmpty();

    Files.writeString(list, HeatConfig.list(config("c1", "CREATE")).toString());

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> source.desired(none.version()).map(set -> set.pods().size()).orElse(0) == 1);
  }
}
