package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The other ways of an OpenStack Heat: groups of machines, temporary URLs, no signals at all. */
@Tag("heat")
final class TestStockHeatWays {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("stock-heat-ways");
  private Site site;
  private StockHeat heat;

  @BeforeEach
  void open() {
    site = sites.open();
    heat = new StockHeat(site.directory());
  }

  private static List<String> ids(String... instances) {
    return List.of(instances).stream()
        .flatMap(instance -> PodmanCli.containers(instance).stream())
        .map(PodmanContainer::id)
        .toList();
  }

  private String environment(String transport) {
    return heat.file(
            "signals.yaml", "parameter_defaults: {hotpod_signal_transport: " + transport + "}\n")
        .toString();
  }

  @Test
  void aGroupDeploysOnEachOfItsMachines() {
    HeatMachine first = HeatMachine.create(heat, "machine-4", "POLL_SERVER_HEAT");
    HeatMachine second = HeatMachine.create(heat, "machine-5", "POLL_SERVER_CFN");
    String one = site.heatInstance("first");
    String two = site.heatInstance("second");
    site.startHeatAgent("first", first.osCollectConfig());
    site.startHeatAgent("second", second.osCollectConfig());
    String servers =
        "servers={\"first\": \"" + first.id() + "\", \"second\": \"" + second.id() + "\"}";

    assertThat(heat.apply("create", "group", HeatTemplates.GROUP, "--parameter", servers))
        .isEqualTo("CREATE_COMPLETE");
    assertThat(heat.output("group", "phases").path("first").asString("")).isEqualTo("Running");
    assertThat(heat.output("group", "phases").path("second").asString("")).isEqualTo("Running");
    List<String> created = ids(one, two);
    assertThat(created).hasSize(2);

    assertThat(
            heat.apply(
                "update",
                "group",
                HeatTemplates.GROUP,
                "--parameter",
                servers,
                "--parameter",
                "wait_for=RUNNING"))
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(one, two))
        .as("equal content under new configs restarts nothing")
        .isEqualTo(created);
    assertThat(
            heat.apply(
                "update",
                "group",
                HeatTemplates.GROUP,
                "--parameter",
                servers,
                "--parameter",
                "greeting=two"))
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(one, two)).hasSize(2).doesNotContainAnyElementsOf(created);

    assertThat(heat.act("suspend", "group")).isEqualTo("SUSPEND_COMPLETE");
    assertThat(ids(one, two)).isEmpty();
    assertThat(heat.act("resume", "group")).isEqualTo("RESUME_COMPLETE");
    assertThat(ids(one, two)).hasSize(2);

    heat.run("stack", "delete", "-y", "group").successful();
    assertThat(heat.awaitEnd("group")).isEqualTo("DELETE_COMPLETE");
    assertThat(ids(one, two)).isEmpty();
  }

  /** The store of objects is a stand-in; Heat's side of it and its waiting are the real ones. */
  @Test
  void temporaryUrlsCarryMetadataAndSignals() {
    HeatMachine machine = HeatMachine.create(heat, "machine-6", "POLL_TEMP_URL");
    assertThat(machine.osCollectConfig()).content().contains("[request]");
    String instance = site.heatInstance("urls");
    site.startHeatAgent("urls", machine.osCollectConfig());
    String server = "server=" + machine.id();
    String signals = environment("TEMP_URL_SIGNAL");

    assertThat(
            heat.apply("create", "urls", HeatTemplates.ONE, "-e", signals, "--parameter", server))
        .isEqualTo("CREATE_COMPLETE");
    List<String> created = ids(instance);
    assertThat(created).hasSize(1);
    assertThat(heat.output("urls", "phase").asString("")).isEqualTo("Running");

    assertThat(
            heat.apply(
                "update",
                "urls",
                HeatTemplates.ONE,
                "-e",
                signals,
                "--parameter",
                server,
                "--parameter",
                "wait_for=RUNNING"))
        .as("a signal that is sent at once is not lost")
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(ids(instance)).isEqualTo(created);
    assertThat(heat.act("suspend", "urls")).isEqualTo("SUSPEND_COMPLETE");
    assertThat(ids(instance)).isEmpty();
    assertThat(heat.act("resume", "urls")).isEqualTo("RESUME_COMPLETE");
    assertThat(ids(instance)).hasSize(1);

    heat.run("stack", "delete", "-y", "urls").successful();
    assertThat(heat.awaitEnd("urls")).isEqualTo("DELETE_COMPLETE");
    assertThat(ids(instance)).isEmpty();
  }

  @Test
  void withoutSignalsHeatWaitsForNobodyAndThePodComes() {
    HeatMachine machine = HeatMachine.create(heat, "machine-7", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("silent");
    site.startHeatAgent("silent", machine.osCollectConfig());
    String server = "server=" + machine.id();

    assertThat(
            heat.apply(
                "create",
                "silent",
                HeatTemplates.ONE,
                "-e",
                environment("NO_SIGNAL"),
                "--parameter",
                server))
        .isEqualTo("CREATE_COMPLETE");
    awaitPods(instance, 1);

    heat.run("stack", "delete", "-y", "silent").successful();
    assertThat(heat.awaitEnd("silent")).isEqualTo("DELETE_COMPLETE");
    awaitPods(instance, 0);
  }

  private static void awaitPods(String instance, int count) {
    Waiting.patiently("pods: " + count)
        .atMost(Duration.ofMinutes(5))
        .until(() -> ids(instance).size() == count);
  }
}
