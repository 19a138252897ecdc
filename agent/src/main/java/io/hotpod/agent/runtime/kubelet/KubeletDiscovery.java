package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds the kubelet of a machine: by how it was started, by its configuration file, and by the
 * certificate that it made for itself. What is told goes before what is found.
 */
public final class KubeletDiscovery {
  private static final List<String> USUAL_FILES =
      List.of(
          "var/lib/kubelet/config.yaml",
          "etc/kubernetes/kubelet-config.yaml",
          "etc/kubernetes/kubelet.yaml",
          "etc/kubernetes/kubelet/config.json",
          "etc/kubernetes/kubelet/kubelet-config.json");

  private final Path root;

  /**
   * @param root of the file system, with the processes below {@code proc}
   */
  KubeletDiscovery(Path root) {
    this.root = root;
  }

  /** Of the machine that this runs on. */
  public static KubeletDiscovery ofThisMachine() {
    return new KubeletDiscovery(Path.of("/"));
  }

  /** What is told; the rest is found. */
  public record Given(
      Optional<Path> configuration,
      Optional<Path> manifests,
      Optional<URI> url,
      Optional<KubeletCredentials> credentials,
      Optional<KubeletTrust> trust) {
    public Given {
      requireNonNull(configuration, "configuration is null");
      requireNonNull(manifests, "manifests is null");
      requireNonNull(url, "url is null");
      requireNonNull(credentials, "credentials is null");
      requireNonNull(trust, "trust is null");
    }
  }

  /**
   * The whole of it.
   *
   * @throws IOException when a file cannot be read, or something is neither told nor found; the
   *     message says what to tell
   * @throws IllegalArgumentException when what is told does not fit together
   */
  public KubeletSettings settings(Given given) throws IOException {
    KubeletCommandLine process = KubeletCommandLine.find(root.resolve("proc"));
    Optional<KubeletConfiguration> configuration = configuration(given, process);
    Path manifests =
        given
            .manifests()
            .or(() -> process.path("--pod-manifest-path"))
            .or(() -> configuration.flatMap(KubeletConfiguration::staticPodPath))
            .orElseThrow(() -> new IOException(noManifests(configuration)));
    KubeletCredentials credentials =
        given.credentials().orElseGet(KubeletCredentials.Anonymous::new);
    URI url = given.url().isPresent() ? given.url().get() : url(configuration, credentials);
    Duration frequency =
        configuration
            .map(KubeletConfiguration::fileCheckFrequency)
            .orElse(KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY);
    boolean tls = "https".equals(url.getScheme());
    KubeletTrust trust =
        !tls
            ? new KubeletTrust.Nothing()
            : given
                .trust()
                .or(() -> ownCertificate(configuration, process))
                .orElseThrow(() -> new IOException(noTrust(url)));
    return new KubeletSettings(manifests, url, credentials, trust, frequency);
  }

  private Optional<KubeletConfiguration> configuration(Given given, KubeletCommandLine process)
      throws IOException {
    Optional<Path> named = given.configuration().or(() -> process.path("--config"));
    if (named.isPresent()) {
      return Optional.of(KubeletConfiguration.read(named.get()));
    }
    for (String usual : USUAL_FILES) {
      if (Files.isReadable(root.resolve(usual))) {
        return Optional.of(KubeletConfiguration.read(root.resolve(usual)));
      }
    }
    return Optional.empty();
  }

  private static URI url(
      Optional<KubeletConfiguration> configuration, KubeletCredentials credentials)
      throws IOException {
    if (configuration.isEmpty()) {
      throw new IOException(
          "no configuration of a kubelet is found on this machine; name its file with"
              + " --kubelet-config, or tell --kubelet-url and --kubelet-manifests");
    }
    KubeletConfiguration found = configuration.get();
    if (!(credentials instanceof KubeletCredentials.Anonymous) || found.letsAnybodyIn()) {
      return URI.create("https://" + found.host() + ":" + found.port());
    }
    if (found.readOnlyPort().isPresent()) {
      return URI.create("http://" + found.host() + ":" + found.readOnlyPort().get());
    }
    throw new IOException(
        "the kubelet of "
            + found.file()
            + " lets nobody in without credentials; give --kubelet-cert and --kubelet-key, or"
            + " --kubelet-token-file");
  }

  /** The kubelet's certificate lies on this machine, where nobody but its owner could change it. */
  private Optional<KubeletTrust> ownCertificate(
      Optional<KubeletConfiguration> configuration, KubeletCommandLine process) {
    Path directory =
        process.path("--cert-dir").orElseGet(() -> root.resolve("var/lib/kubelet/pki"));
    boolean signed = configuration.map(KubeletConfiguration::serverTlsBootstrap).orElse(false);
    return configuration
        .flatMap(KubeletConfiguration::tlsCertFile)
        .or(
            () ->
                Optional.of(
                    directory.resolve(signed ? "kubelet-server-current.pem" : "kubelet.crt")))
        .filter(Files::isReadable)
        .map(KubeletTrust.Authority::new);
  }

  private static String noManifests(Optional<KubeletConfiguration> configuration) {
    return configuration
        .map(
            found ->
                found.file()
                    + " has no staticPodPath, so that kubelet reads no static pods; set it, or name"
                    + " the directory with --kubelet-manifests")
        .orElse(
            "no configuration of a kubelet is found on this machine; name its file with"
                + " --kubelet-config, or its directory with --kubelet-manifests");
  }

  private static String noTrust(URI url) {
    return "nothing says which certificate the kubelet at "
        + url
        + " has; give --kubelet-ca with a file, or --kubelet-fingerprint";
  }
}
