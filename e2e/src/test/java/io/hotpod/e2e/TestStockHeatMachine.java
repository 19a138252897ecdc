package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.podman.service.PodmanService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is on a machine of an OpenStack anyway tells the agent of its deployments. */
@Tag("heat")
final class TestStockHeatMachine {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("stock-heat-machine");
  private Site site;
  private StockHeat heat;

  @BeforeEach
  void open() {
    site = sites.open();
    heat = new StockHeat(site.directory());
  }

  private static List<String> ids(String instance) {
    return PodmanCli.containers(instance).stream().map(PodmanContainer::id).toList();
  }

  @Test
  void theFileOfOsCollectConfigIsServedWithoutAskingHeat() throws IOException {
    HeatMachine machine = HeatMachine.create(heat, "machine-11", "POLL_SERVER_CFN");
    String instance = site.heatInstance("file");
    Path list =
        Files.createDirectory(site.directory().resolve("heat-config")).resolve("heat-config");
    HotpodProcess agent =
        site.startHeatAgent(Project.launcher(), "file", List.of("--heat-config", list.toString()));
    String server = "server=" + machine.id();

    try (LocalDeployments _ = new LocalDeployments(heat, machine, list)) {
      assertThat(heat.apply("create", "file", HeatTemplates.ONE, "--parameter", server))
          .isEqualTo("CREATE_COMPLETE");
      List<String> created = ids(instance);
      assertThat(created).hasSize(1);
      assertThat(heat.output("file", "phase").asString("")).isEqualTo("Running");

      assertThat(
              heat.apply(
                  "update",
                  "file",
                  HeatTemplates.ONE,
                  "--parameter",
                  server,
                  "--parameter",
                  "greeting=two"))
          .isEqualTo("UPDATE_COMPLETE");
      assertThat(ids(instance)).hasSize(1).doesNotContainAnyElementsOf(created);

      assertThat(heat.delete("file")).isEqualTo("DELETE_COMPLETE");
      assertThat(ids(instance)).isEmpty();
    }
    assertThat(agent.log()).contains("deployments come from Local").doesNotContain("come from Cfn");
  }

  /** The machine has nothing but what cloud-init made of the user data that Heat gave it. */
  @Test
  void whatCloudInitLeftIsEnoughToFindHeat() throws IOException {
    HeatMachine machine = HeatMachine.create(heat, "machine-12", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("booted");
    Path metadata = heat.file("metadata.json", heat.metadata(machine.stack(), "server").toString());
    try (PodmanService podman = PodmanService.start(site.directory().resolve("podman"))) {
      HotpodProcess agent =
          site.startHeatAgent(
              booted(metadata), "booted", List.of("--podman-socket", podman.socket().toString()));

      assertThat(
              heat.apply(
                  "create", "booted", HeatTemplates.ONE, "--parameter", "server=" + machine.id()))
          .isEqualTo("CREATE_COMPLETE");

      assertThat(ids(instance)).hasSize(1);
      assertThat(agent.log()).contains("deployments come from Heat");
    }
  }

  /**
   * A launcher of the command on a machine with other directories of what stays than this one: its
   * own {@code /var/lib} and {@code /var/log}, which nobody else sees.
   */
  private Path booted(Path metadata) throws IOException {
    Path launcher =
        heat.file(
            "booted",
            """
            #!/bin/sh
            exec unshare --mount --propagation private sh -ec '
              mount -t tmpfs machine /var/lib
              mount -t tmpfs machine /var/log
              /usr/bin/python3 -B "$0" "$1"
              shift
              exec "$@"' %s %s %s "$@"
            """
                .formatted(
                    Project.module("e2e").resolve("src/test/python/first_boot.py"),
                    metadata,
                    Project.launcher()));
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
