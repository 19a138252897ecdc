package io.hotpod.cli.process;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.runtime.kubelet.KubeletCredentials;
import io.hotpod.agent.runtime.kubelet.KubeletDiscovery;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.kubelet.KubeletTrust;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What runs the pods of an agent. picocli fills the fields. */
final class RuntimeOptions {
  /** What runs pods. */
  enum Kind {
    podman,
    kubelet
  }

  @Option(
      names = "--runtime",
      paramLabel = "podman|kubelet",
      description = "What runs the pods (default: ${DEFAULT-VALUE}).")
  Kind kind = Kind.podman;

  @Option(
      names = "--podman-socket",
      paramLabel = "PATH",
      description = "A running Podman service (default: one of its own).")
  String podmanSocket = "";

  @Option(
      names = "--image-archives",
      paramLabel = "DIR",
      description = "Archives to load images from (default: 'archives' in the state directory).")
  String imageArchives = "";

  @Option(
      names = "--kubelet-config",
      paramLabel = "FILE",
      description = "The kubelet's configuration, to find everything else (default: looked for).")
  String config = "";

  @Option(
      names = "--kubelet-manifests",
      paramLabel = "DIR",
      description = "Where the kubelet reads static pods from (default: its staticPodPath).")
  String manifests = "";

  @Option(
      names = "--kubelet-url",
      paramLabel = "URL",
      description = "Such as https://127.0.0.1:10250 (default: as the kubelet is configured).")
  String url = "";

  @Option(
      names = "--kubelet-token-file",
      paramLabel = "FILE",
      description = "A bearer token for the kubelet.")
  String tokenFile = "";

  @Option(
      names = "--kubelet-cert",
      paramLabel = "FILE",
      description = "A client certificate for the kubelet, PEM.")
  String certificate = "";

  @Option(names = "--kubelet-key", paramLabel = "FILE", description = "Its key, PEM, PKCS #8.")
  String key = "";

  @Option(
      names = "--kubelet-ca",
      paramLabel = "FILE",
      description = "What signed the kubelet's certificate, or that certificate itself, PEM.")
  String authority = "";

  @Option(
      names = "--kubelet-fingerprint",
      paramLabel = "SHA256",
      description = "Of the kubelet's certificate, in place of --kubelet-ca.")
  String fingerprint = "";

  /**
   * Sets one of these without picocli.
   *
   * @return false when the option is none of these, or cannot have the value
   */
  boolean set(String option, String value) {
    switch (option) {
      case "--runtime" -> {
        Optional<Kind> named =
            Arrays.stream(Kind.values()).filter(each -> each.name().equals(value)).findFirst();
        named.ifPresent(each -> kind = each);
        return named.isPresent();
      }
      case "--podman-socket" -> podmanSocket = value;
      case "--image-archives" -> imageArchives = value;
      case "--kubelet-config" -> config = value;
      case "--kubelet-manifests" -> manifests = value;
      case "--kubelet-url" -> url = value;
      case "--kubelet-token-file" -> tokenFile = value;
      case "--kubelet-cert" -> certificate = value;
      case "--kubelet-key" -> key = value;
      case "--kubelet-ca" -> authority = value;
      case "--kubelet-fingerprint" -> fingerprint = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The Podman service that was named. */
  Optional<Path> podmanSocket(Session session) {
    return file(session, podmanSocket);
  }

  /**
   * The kubelet that was named or found; empty for Podman.
   *
   * @throws CommandFailure when the options do not fit together, or something is not found
   */
  Optional<KubeletSettings> kubelet(Session session) {
    boolean any =
        !(config + manifests + url + tokenFile + certificate + key + authority + fingerprint)
            .isEmpty();
    if (kind == Kind.podman) {
      if (any) {
        throw CommandFailure.usage("Options of a kubelet need --runtime kubelet.");
      }
      return Optional.empty();
    }
    if (!podmanSocket.isEmpty()) {
      throw CommandFailure.usage("--podman-socket and --runtime kubelet exclude each other.");
    }
    if (!imageArchives.isEmpty()) {
      throw CommandFailure.usage("--image-archives and --runtime kubelet exclude each other.");
    }
    try {
      return Optional.of(
          KubeletDiscovery.ofThisMachine()
              .settings(
                  new KubeletDiscovery.Given(
                      file(session, config),
                      file(session, manifests),
                      url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
                      credentials(session),
                      trust(session))));
    } catch (IOException | IllegalArgumentException failure) {
      throw CommandFailure.of("" + failure.getMessage());
    }
  }

  /** The settings of an agent with this runtime. */
  AgentSettings apply(
      Session session,
      AgentSettings settings,
      Optional<Path> socket,
      Optional<KubeletSettings> kubelet) {
    AgentSettings applied =
        file(session, imageArchives).map(settings::withImageArchives).orElse(settings);
    if (socket.isPresent()) {
      applied = applied.withPodmanSocket(socket.get());
    }
    return kubelet.isPresent() ? applied.withKubelet(kubelet.get()) : applied;
  }

  private Optional<KubeletCredentials> credentials(Session session) {
    Optional<Path> token = file(session, tokenFile);
    Optional<Path> cert = file(session, certificate);
    if (token.isPresent() && cert.isPresent()) {
      throw CommandFailure.usage("--kubelet-token-file and --kubelet-cert exclude each other.");
    }
    if (cert.isPresent() != file(session, key).isPresent()) {
      throw CommandFailure.usage("--kubelet-cert and --kubelet-key belong together.");
    }
    return token
        .<KubeletCredentials>map(KubeletCredentials.Token::new)
        .or(
            () ->
                cert.map(
                    file ->
                        new KubeletCredentials.ClientCertificate(
                            file, file(session, key).orElseThrow())));
  }

  private Optional<KubeletTrust> trust(Session session) {
    if (!authority.isEmpty() && !fingerprint.isEmpty()) {
      throw CommandFailure.usage("--kubelet-ca and --kubelet-fingerprint exclude each other.");
    }
    return fingerprint.isEmpty()
        ? file(session, authority).map(KubeletTrust.Authority::new)
        : Optional.of(KubeletTrust.Fingerprint.parse(fingerprint));
  }

  private static Optional<Path> file(Session session, @Nullable String name) {
    return name == null || name.isEmpty()
        ? Optional.empty()
        : Optional.of(session.path(name).toAbsolutePath().normalize());
  }
}
