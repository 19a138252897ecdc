package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a kubelet is and how to speak with it.
 *
 * @param manifests the directory that the kubelet reads static pods from ({@code staticPodPath})
 * @param url of the kubelet, such as {@code https://127.0.0.1:10250}; plain HTTP for the read-only
 *     port only
 * @param fileCheckFrequency how often the kubelet lists the whole directory
 */
public record KubeletSettings(
    Path manifests,
    URI url,
    KubeletCredentials credentials,
    KubeletTrust trust,
    Duration fileCheckFrequency) {
  /** The kubelet's own default. */
  public static final Duration DEFAULT_FILE_CHECK_FREQUENCY = Duration.ofSeconds(20);

  public KubeletSettings {
    requireNonNull(manifests, "manifests is null");
    requireNonNull(url, "url is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(fileCheckFrequency, "fileCheckFrequency is null");
    boolean tls = "https".equals(url.getScheme());
    if ((!tls && !"http".equals(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "not the URL of a kubelet: " + url + "; it looks like https://127.0.0.1:10250");
    }
    if (tls && trust instanceof KubeletTrust.Nothing) {
      throw new IllegalArgumentException(
          "nothing says which certificate the kubelet at "
              + url
              + " has; give the authority that signed it, the certificate itself, or its"
              + " fingerprint");
    }
    if (!tls && !(credentials instanceof KubeletCredentials.Anonymous)) {
      throw new IllegalArgumentException(
          "credentials are not sent over plain HTTP to " + url + "; use https and port 10250");
    }
  }
}
