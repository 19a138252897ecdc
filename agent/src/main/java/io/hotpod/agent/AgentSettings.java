package io.hotpod.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an agent needs to know.
 *
 * @param server of Hotpod, such as {@code http://127.0.0.1:8004}
 * @param name of the instance, as the {@code server} property of a template names it
 * @param joinToken for the first start; ignored once the instance is enrolled
 * @param stateDirectory what the instance remembers; kept over restarts
 * @param podmanSocket of a running Podman service; where empty the agent starts one of its own
 * @param kubelet that runs the pods; where empty Podman does
 * @param secretDirectory where Secrets are rendered; where empty a tmpfs is looked for
 * @param heartbeat longest time between two reports
 * @param imageArchives a directory that Podman loads images from; it need not be there
 */
public record AgentSettings(
    URI server,
    String name,
    Optional<String> joinToken,
    Path stateDirectory,
    Optional<Path> podmanSocket,
    Optional<KubeletSettings> kubelet,
    Optional<Path> secretDirectory,
    Duration heartbeat,
    Path imageArchives) {
  /** In place of a server's address where there is none. */
  public static final URI NO_SERVER = URI.create("none:/");

  public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(20);

  /** Settings with archives of images in the state directory. */
  public AgentSettings(
      URI server,
      String name,
      Optional<String> joinToken,
      Path stateDirectory,
      Optional<Path> podmanSocket,
      Optional<KubeletSettings> kubelet,
      Optional<Path> secretDirectory,
      Duration heartbeat) {
    this(
        server,
        name,
        joinToken,
        stateDirectory,
        podmanSocket,
        kubelet,
        secretDirectory,
        heartbeat,
        stateDirectory.resolve("archives"));
  }

  public AgentSettings {
    requireNonNull(server, "server is null");
    requireNonNull(name, "name is null");
    requireNonNull(joinToken, "joinToken is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(podmanSocket, "podmanSocket is null");
    requireNonNull(kubelet, "kubelet is null");
    requireNonNull(secretDirectory, "secretDirectory is null");
    requireNonNull(heartbeat, "heartbeat is null");
    requireNonNull(imageArchives, "imageArchives is null");
  }

  /** Settings where everything else is as usual. */
  public static AgentSettings of(URI server, String name, Path stateDirectory) {
    return new AgentSettings(
        server,
        name,
        Optional.empty(),
        stateDirectory,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_HEARTBEAT);
  }

  /** Settings of a {@link StandaloneAgent}, which no server of Hotpod has to do with. */
  public static AgentSettings withoutServer(String name, Path stateDirectory) {
    return of(NO_SERVER, name, stateDirectory);
  }

  public AgentSettings withHeartbeat(Duration longest) {
    return new AgentSettings(
        server,
        name,
        joinToken,
        stateDirectory,
        podmanSocket,
        kubelet,
        secretDirectory,
        longest,
        imageArchives);
  }

  public AgentSettings withJoinToken(String token) {
    return new AgentSettings(
        server,
        name,
        Optional.of(token),
        stateDirectory,
        podmanSocket,
        kubelet,
        secretDirectory,
        heartbeat,
        imageArchives);
  }

  public AgentSettings withPodmanSocket(Path socket) {
    return new AgentSettings(
        server,
        name,
        joinToken,
        stateDirectory,
        Optional.of(socket),
        kubelet,
        secretDirectory,
        heartbeat,
        imageArchives);
  }

  public AgentSettings withImageArchives(Path directory) {
    return new AgentSettings(
        server,
        name,
        joinToken,
        stateDirectory,
        podmanSocket,
        kubelet,
        secretDirectory,
        heartbeat,
        directory);
  }

  /** The pods are run by a kubelet. */
  public AgentSettings withKubelet(KubeletSettings settings) {
    return new AgentSettings(
        server,
        name,
        joinToken,
        stateDirectory,
        podmanSocket,
        Optional.of(settings),
        secretDirectory,
        heartbeat,
        imageArchives);
  }

  /** Leaves out the join token. */
  @Override
  public String toString() {
    return "AgentSettings[" + name + " " + server + " " + stateDirectory + "]";
  }
}
