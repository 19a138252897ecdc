package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to be right beyond the type of each field, by the Kubernetes API reference. */
final class PodCheck {
  private final Findings findings;
  private final References references;
  private final DownwardCheck downward;
  private final MetadataCheck metadata;
  private final VolumeCheck volumes;
  private final ContainerCheck containers;

  PodCheck(ManifestContext context, Findings findings) {
    this.findings = findings;
    this.references = new References(context, findings);
    this.downward = new DownwardCheck(findings);
    this.metadata = new MetadataCheck(findings);
    this.volumes = new VolumeCheck(references, downward, findings);
    this.containers = new ContainerCheck(references, downward, findings);
  }

  /** Checks a v1 Pod. */
  void check(Cursor pod) {
    metadata.check(pod);
    Optional<Cursor> given = pod.field("spec");
    if (given.isEmpty() || !(given.get().node() instanceof MappingNode)) {
      if (given.isEmpty()) {
        findings.error(pod, "\"spec\" is missing", "a pod needs a spec with containers");
      }
      return;
    }
    Cursor spec = given.get();
    Checks.required(spec, "containers", findings);
    Checks.range(spec, "terminationGracePeriodSeconds", 0, Integer.MAX_VALUE, findings);
    Checks.range(spec, "activeDeadlineSeconds", 1, Integer.MAX_VALUE, findings);
    spec.items("hostAliases").forEach(this::hostAlias);
    spec.items("imagePullSecrets").forEach(references::pullSecret);
    new NetworkNamesCheck(findings).check(spec);
    new PodSecurityCheck(findings).check(spec);

    List<Cursor> all = new ArrayList<>(spec.items("initContainers"));
    all.addAll(spec.items("containers"));
    downward.containers(all);
    Set<String> volumeNames = volumes.check(spec);
    for (Cursor container : spec.items("initContainers")) {
      containers.initContainer(container, volumeNames);
    }
    for (Cursor container : spec.items("containers")) {
      containers.container(container, volumeNames);
    }
    Checks.unique(all, "name", "container", findings);
    hostPorts(spec, all);
    unusedVolumes(spec, all);
  }

  private void hostAlias(Cursor alias) {
    Checks.required(alias, "ip", findings);
    alias.field("ip").ifPresent(ip -> Addresses.check(ip, findings));
    alias.items("hostnames").forEach(name -> Names.SUBDOMAIN.check(name, findings));
  }

  private void hostPorts(Cursor spec, List<Cursor> all) {
    boolean hostNetwork = spec.flag("hostNetwork");
    Map<String, Cursor> seen = new HashMap<>();
    for (Cursor container : all) {
      for (Cursor port : container.items("ports")) {
        Optional<Long> hostPort = port.whole("hostPort");
        Optional<Long> containerPort = port.whole("containerPort");
        if (hostNetwork && hostPort.isPresent() && !hostPort.equals(containerPort)) {
          findings.error(
              port.field("hostPort").orElse(port),
              "with hostNetwork the host's port is the container's port",
              "leave out hostPort");
        }
        Optional<Long> taken = hostNetwork ? containerPort : hostPort;
        if (taken.isPresent()) {
          String key =
              taken.get()
                  + "/"
                  + port.text("protocol").orElse("TCP")
                  + "/"
                  + port.text("hostIP").orElse("");
          Cursor before = seen.putIfAbsent(key, port);
          if (before != null) {
            findings.error(
                port.field("hostPort").orElse(port),
                "port " + taken.get() + " of the host is asked for twice",
                "the other one is " + before.path());
          }
        }
      }
    }
  }

  private void unusedVolumes(Cursor spec, List<Cursor> all) {
    Set<String> mounted = new HashSet<>();
    for (Cursor container : all) {
      container.items("volumeMounts").forEach(m -> m.text("name").ifPresent(mounted::add));
    }
    for (Cursor volume : spec.items("volumes")) {
      Optional<String> name = volume.text("name");
      if (name.isPresent() && !mounted.contains(name.get())) {
        findings.warning(
            volume,
            "no container mounts volume \"" + Names.shortened(name.get()) + "\"",
            "add a volumeMount or leave the volume out");
      }
    }
  }
}
