package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodSpec;

/** The {@code /etc/hosts} of a pod that has a domain, as a kubelet writes it. Pure. */
final class HostsFile {
  private HostsFile() {}

  static String text(PodSpec spec, Hostnames names, String address) {
    StringBuilder text =
        new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    text.append(address);
    names.full().ifPresent(full -> text.append('\t').append(full));
    text.append('\t').append(names.host()).append('\n');
    for (HostAlias alias : spec.getHostAliases()) {
      text.append(alias.getIp())
          .append('\t')
          .append(String.join("\t", alias.getHostnames()))
          .append('\n');
    }
    return text.toString();
  }
}
