package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.HostAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What all pods of one kubelet share. Thread-safe. */
final class KubeletSite {
  private static final int REVISION_BYTES = 6;

  private final String instanceId;
  private final KubeletTimings timings;
  private final ManifestDirectory directory;
  private final RenderedVolumes volumes;
  private final Removals removals;
  private final StaticPodManifest manifests;
  private final Clock clock;
  private final RandomGenerator random;
  private final String hostIp = HostAddress.find();

  KubeletSite(
      Path manifests,
      KubeletTimings timings,
      KubeletInstance instance,
      Clock clock,
      RandomGenerator random) {
    this.instanceId = instance.instanceId();
    this.timings = timings;
    this.clock = clock;
    this.random = random;
    Path state = instance.stateDirectory().resolve("kubelet");
    directory =
        new ManifestDirectory(
            manifests,
            instanceId,
            new FleetingFiles(instance.secretDirectory().resolve("manifests")));
    volumes =
        new RenderedVolumes(
            state.resolve("volumes"), instance.secretDirectory().resolve("volumes"));
    removals = new Removals(state.resolve("removals"));
    this.manifests = new StaticPodManifest(instanceId, volumes);
  }

  String instanceId() {
    return instanceId;
  }

  KubeletTimings timings() {
    return timings;
  }

  ManifestDirectory directory() {
    return directory;
  }

  RenderedVolumes volumes() {
    return volumes;
  }

  Removals removals() {
    return removals;
  }

  StaticPodManifest manifests() {
    return manifests;
  }

  Clock clock() {
    return clock;
  }

  /** Empty text when the machine has no way out. */
  String hostIp() {
    return hostIp;
  }

  /** A mark that no file had before. */
  String revision() {
    byte[] bytes = new byte[REVISION_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
