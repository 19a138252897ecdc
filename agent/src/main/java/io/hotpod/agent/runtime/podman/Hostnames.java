package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.agent.runtime.ConfigurationException;
import java.util.Optional;

/**
 * What a pod is called in its own network, by the Kubernetes documentation (DNS for Services and
 * Pods). Pure.
 *
 * @param host the short name
 * @param full with its domain; empty for a pod without a subdomain
 * @param kernel what the kernel says of itself
 */
record Hostnames(String host, Optional<String> full, String kernel) {
  /** The domain that Kubernetes has where nobody chose another. */
  private static final String CLUSTER_DOMAIN = "cluster.local";

  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_KERNEL_NAME = 64;

  static Hostnames of(Pod pod) {
    String given = pod.getSpec().getHostname();
    String host = shortened(given == null ? pod.getMetadata().getName() : given);
    String subdomain = pod.getSpec().getSubdomain();
    String namespace = pod.getMetadata().getNamespace();
    Optional<String> full =
        Optional.ofNullable(subdomain)
            .map(
                sub ->
                    String.join(
                        ".",
                        host,
                        sub,
                        namespace == null ? "default" : namespace,
                        "svc",
                        CLUSTER_DOMAIN));
    boolean asFull = Boolean.TRUE.equals(pod.getSpec().getSetHostnameAsFQDN());
    String kernel = asFull ? full.orElse(host) : host;
    return new Hostnames(host, full, kernel);
  }

  /**
   * @throws ConfigurationException when the kernel cannot hold the name that is asked for
   */
  Hostnames checked() {
    if (kernel.length() > LONGEST_KERNEL_NAME) {
      throw new ConfigurationException(
          "FQDN "
              + kernel
              + " is too long ("
              + LONGEST_KERNEL_NAME
              + " characters is the max, "
              + kernel.length()
              + " characters requested); leave out setHostnameAsFQDN or give a shorter hostname");
    }
    return this;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_LABEL
        ? name
        : name.substring(0, LONGEST_LABEL).replaceAll("[-.]+$", "");
  }
}
