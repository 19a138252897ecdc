package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class TestCollectors {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

  private final HeatHttp http = new HeatHttp();
  private final CollectorFactory collectors =
      new CollectorFactory(http, Clock.fixed(NOW, ZoneOffset.UTC));
  private FakeHeat heat;

  @BeforeEach
  void start() throws IOException {
    heat = new FakeHeat();
    heat.deployments(HeatConfig.of("c1", "CREATE"));
  }

  @AfterEach
  void stop() {
    http.close();
    heat.close();
  }

  private static String id(JsonNode document) {
    return document.path("deployments").path(0).path("id").asString("");
  }

  private Collector heatCollector(KeystoneCredentials credentials) {
    return collectors.of(new CollectorSettings.Heat(credentials, "my stack/1", "s/1"));
  }

  @Test
  void asksHeatWithALoginThatIsKept() throws InterruptedException {
    Collector collector = heatCollector(heat.credentials());

    assertThat(collector.collect()).get().returns("c1", TestCollectors::id);
    assertThat(collector.collect()).isPresent();
    assertThat(heat.logins).hasValue(1);
    assertThat(heat.requests).contains("GET /v1/p1/stacks/my%20stack/1/resources/s%2F1/metadata");
  }

  @Test
  void logsInAgainWhenHeatForgot() throws InterruptedException {
    Collector collector = heatCollector(heat.credentials());
    assertThat(collector.collect()).isPresent();

    heat.forgetLogins();

    assertThat(collector.collect()).isPresent();
    assertThat(heat.logins).hasValue(2);
  }

  @Test
  void refusedLoginIsToldWithoutThePassword() {
    KeystoneCredentials wrong =
        new KeystoneCredentials(heat.url("/v3"), "agent", "wr0ng", "p1", "");

    assertThatThrownBy(() -> heatCollector(wrong).collect())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("agent is refused")
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void asksTheCfnApiWithASignature() throws InterruptedException {
    Collector collector =
        collectors.of(
            new CollectorSettings.Cfn(
                heat.url("/cfn/"), "key", "secret", "shop", "s_cfn.Metadata"));

    assertThat(collector.collect()).get().returns("c1", TestCollectors::id);
    String query = heat.query("/cfn/");
    String unsigned = query.substring(0, query.indexOf("&Signature="));
    assertThat(unsigned)
        .isEqualTo(
            "AWSAccessKeyId=key&Action=DescribeStackResource&ContentType=JSON"
                + "&LogicalResourceId=s_cfn&SignatureMethod=HmacSHA256&SignatureVersion=2"
                + "&StackName=shop&Timestamp=2026-01-01T00%3A00%3A00Z&Version=2010-05-15");
    assertThat(query)
        .endsWith(
            "&Signature="
                + SignatureV2.encode(
                    SignatureV2.signature(
                        "GET",
                        heat.url("").substring("http://".length()),
                        "/cfn/",
                        unsigned,
                        "secret")));
  }

  @Test
  void fetchesAnObjectOnlyWhenItIsAnotherOne() throws InterruptedException {
    Collector collector = collectors.of(new CollectorSettings.Request(heat.url("/object?sig=1")));

    assertThat(collector.collect()).get().returns("c1", TestCollectors::id);
    assertThat(collector.collect()).isEmpty();
    heat.deployments(HeatConfig.of("c2", "UPDATE"));
    assertThat(collector.collect()).get().returns("c2", TestCollectors::id);
    assertThat(heat.requests.stream().filter("GET /object"::equals)).hasSize(2);
  }

  @Test
  void seesASecondChangeOfTheObjectWithinASecond() throws InterruptedException {
    heat.sameSecond.set(true);
    Collector collector = collectors.of(new CollectorSettings.Request(heat.url("/object?sig=1")));

    assertThat(collector.collect()).get().returns("c1", TestCollectors::id);
    assertThat(collector.collect()).isEmpty();
    heat.deployments(HeatConfig.of("c2", "UPDATE"));
    assertThat(collector.collect()).get().returns("c2", TestCollectors::id);
  }

  @Test
  void readsTheLocalListOnlyWhenItIsAnotherOne(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("heat-config");
    Collector collector = collectors.of(new CollectorSettings.Local(file.toString()));

    assertThatThrownBy(collector::collect).isInstanceOf(SourceException.class);
    Files.writeString(file, "[{");
    assertThatThrownBy(collector::collect).isInstanceOf(SourceException.class);
    Files.writeString(file, HeatConfig.list(HeatConfig.of("c1", "CREATE")).toString());
    assertThat(collector.collect()).get().returns("c1", TestCollectors::id);
    assertThat(collector.collect()).isEmpty();
  }

  @Test
  void errorsAreNoDocuments() {
    heat.metadataStatus.set(503);

    assertThatThrownBy(() -> heatCollector(heat.credentials()).collect())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("503");
    assertThatThrownBy(
            () ->
                collectors
                    .of(
                        new CollectorSettings.Cfn(
                            heat.url("/cfn/"), "k", "s", "shop", "s.Metadata"))
                    .collect())
        .isInstanceOf(SourceException.class);
    assertThatThrownBy(
            () ->
                collectors
                    .of(new CollectorSettings.Request(heat.url("/object?sig=s3cret")))
                    .collect())
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("s3cret");
  }
}
