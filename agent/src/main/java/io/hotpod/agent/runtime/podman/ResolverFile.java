package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code /etc/resolv.conf} of a pod that says more than "as the machine does", by the
 * Kubernetes documentation (Pod's DNS Config). There is no DNS of a cluster, so ClusterFirst means
 * the machine's, as it does on a kubelet without one. Pure.
 */
final class ResolverFile {
  private static final int MOST_NAMESERVERS = 3;

  private final Set<String> nameservers = new LinkedHashSet<>();
  private final Set<String> searches = new LinkedHashSet<>();
  private final Map<String, String> options = new LinkedHashMap<>();

  private ResolverFile() {}

  /** Whether the pod needs a file of its own. */
  static boolean isWanted(PodSpec spec) {
    return spec.getDnsConfig() != null || "None".equals(spec.getDnsPolicy());
  }

  /**
   * The text of the file.
   *
   * @param machine the text of the machine's own
   */
  static String text(PodSpec spec, String machine) {
    ResolverFile file = new ResolverFile();
    if (!"None".equals(spec.getDnsPolicy())) {
      file.read(machine, Boolean.TRUE.equals(spec.getHostNetwork()));
    }
    Optional.ofNullable(spec.getDnsConfig()).ifPresent(file::add);
    return file.write();
  }

  private void read(String machine, boolean sameNetwork) {
    for (String line : machine.split("\n", -1)) {
      List<String> words = List.of(line.strip().split("\\s+", -1));
      List<String> rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "nameserver" ->
            rest.stream()
                // Another network has no way to what listens on the machine's loopback.
                .filter(address -> sameNetwork || !address.matches("127\\..*|::1"))
                .forEach(nameservers::add);
        case "search", "domain" -> {
          searches.clear();
          searches.addAll(rest);
        }
        case "options" -> rest.forEach(this::option);
        default -> {}
      }
    }
  }

  private void option(String text) {
    int colon = text.indexOf(':');
    options.put(
        colon < 0 ? text : text.substring(0, colon), colon < 0 ? "" : text.substring(colon));
  }

  private void add(PodDNSConfig config) {
    nameservers.addAll(config.getNameservers());
    searches.addAll(config.getSearches());
    for (PodDNSConfigOption option : config.getOptions()) {
      String value = option.getValue();
      options.put(option.getName(), value == null || value.isEmpty() ? "" : ":" + value);
    }
  }

  private String write() {
    StringBuilder text = new StringBuilder();
    nameservers.stream()
        .limit(MOST_NAMESERVERS)
        .forEach(address -> text.append("nameserver ").append(address).append('\n'));
    if (!searches.isEmpty()) {
      text.append("search ").append(String.join(" ", searches)).append('\n');
    }
    if (!options.isEmpty()) {
      List<String> words = new ArrayList<>();
      options.forEach((name, value) -> words.add(name + value));
      text.append("options ").append(String.join(" ", words)).append('\n');
    }
    return text.toString();
  }
}
