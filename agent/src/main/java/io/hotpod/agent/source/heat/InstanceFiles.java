package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the files lie that tell a machine about its Heat.
 *
 * @param osCollectConfig written by whoever set the machine up, or by os-apply-config
 * @param cfnInitData written by cloud-init at the first boot; the first one that is there counts
 * @param cfnMetadataServer the CFN URL, for a configuration that leaves it out
 * @param heatConfig the list of deployments, where os-collect-config runs
 */
public record InstanceFiles(
    Path osCollectConfig, List<Path> cfnInitData, Path cfnMetadataServer, Path heatConfig) {
  public InstanceFiles {
    requireNonNull(osCollectConfig, "osCollectConfig is null");
    cfnInitData = List.copyOf(cfnInitData);
    requireNonNull(cfnMetadataServer, "cfnMetadataServer is null");
    requireNonNull(heatConfig, "heatConfig is null");
  }

  /**
   * The usual places.
   *
   * @param root of the file system: {@code /} but in tests
   */
  public static InstanceFiles below(Path root) {
    return new InstanceFiles(
        root.resolve("etc/os-collect-config.conf"),
        List.of(
            root.resolve("var/lib/heat-cfntools/cfn-init-data"),
            root.resolve("var/lib/cloud/data/cfn-init-data")),
        root.resolve("var/lib/heat-cfntools/cfn-metadata-server"),
        root.resolve("var/run/heat-config/heat-config"));
  }

  /** The same with another configuration of os-collect-config. */
  public InstanceFiles withOsCollectConfig(Path file) {
    return new InstanceFiles(file, cfnInitData, cfnMetadataServer, heatConfig);
  }

  /** Only this list of deployments, and no Heat that is asked. */
  public InstanceFiles withHeatConfigOnly(Path file) {
    Path none = file.resolveSibling(".none");
    return new InstanceFiles(none, List.of(), none, file);
  }
}
