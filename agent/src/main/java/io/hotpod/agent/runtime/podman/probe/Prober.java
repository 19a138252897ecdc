package io.hotpod.agent.runtime.podman.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.ExecResult;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.libpod.ProcessAge;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Asks one container once whether it is well. */
public final class Prober {
  private final Podman podman;
  private final Container container;
  private final String containerId;
  private final long process;
  private final PodReach pod;

  /**
   * @param process the container's first one; 0 where it is not known
   * @param pod how its ports are reached
   */
  public Prober(
      Podman podman, Container container, String containerId, long process, PodReach pod) {
    this.podman = podman;
    this.container = container;
    this.containerId = containerId;
    this.process = process;
    this.pod = pod;
  }

  /**
   * @return why it is not well; empty when it is
   * @throws PodmanUnavailableException when nobody can say
   */
  Optional<String> failure(Probe probe) throws InterruptedException {
    return failure(probe, seconds(probe.getTimeoutSeconds(), 1));
  }

  /** As {@link #failure(Probe)}, with another time limit. */
  Optional<String> failure(Probe probe, Duration timeout) throws InterruptedException {
    try {
      if (probe.getExec() != null) {
        ExecResult result = podman.exec(containerId, probe.getExec().getCommand(), timeout);
        return result.exitCode() == 0
            ? Optional.empty()
            : Optional.of(("exit code " + result.exitCode() + " " + result.output()).strip());
      }
      if (probe.getHttpGet() != null) {
        return http(probe.getHttpGet(), timeout, status -> status >= 200 && status < 400);
      }
      if (probe.getTcpSocket() != null) {
        return tcp(probe.getTcpSocket(), timeout);
      }
      return Optional.of("this kind of probe is not served on Podman");
    } catch (PodmanUnavailableException e) {
      if (e.late()) {
        return Optional.of("command timed out after " + timeout.toSeconds() + " s");
      }
      throw e;
    } catch (PodmanException e) {
      return Optional.of(Images.shortened(e.answer()));
    }
  }

  /** Whether the container runs; Podman is asked only where its process is not seen. */
  boolean alive() throws InterruptedException {
    return ProcessAge.runs(process)
        || podman.container(containerId).map(ContainerView::running).orElse(false);
  }

  static Duration seconds(@Nullable Integer seconds, int otherwise) {
    return Duration.ofSeconds(seconds == null ? otherwise : seconds);
  }

  /**
   * Asks as a hook does: whatever the server answers, it was told.
   *
   * @return why it could not be asked; empty when it answered
   */
  Optional<String> unanswered(HTTPGetAction get, Duration timeout) throws InterruptedException {
    return http(get, timeout, status -> true);
  }

  private Optional<String> http(HTTPGetAction get, Duration timeout, IntPredicate well)
      throws InterruptedException {
    PodReach asked = reach(get.getHost());
    Optional<Integer> port = port(get.getPort());
    if (port.isEmpty()) {
      return noPort(get.getPort());
    }
    String scheme = get.getScheme() == null ? "http" : get.getScheme().toLowerCase(Locale.ROOT);
    String path = get.getPath() == null ? "/" : get.getPath();
    String url =
        scheme + "://" + asked.host() + ":" + port.get() + (path.startsWith("/") ? "" : "/") + path;
    try {
      int status = new ProbeHttp(asked, get.getHttpHeaders()).get(URI.create(url), timeout);
      return well.test(status)
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + status);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("Get \"" + url + "\": " + reason(e));
    }
  }

  private Optional<String> tcp(TCPSocketAction socket, Duration timeout)
      throws InterruptedException {
    PodReach asked = reach(socket.getHost());
    Optional<Integer> port = port(socket.getPort());
    if (port.isEmpty()) {
      return noPort(socket.getPort());
    }
    try {
      asked.connect(port.get(), timeout).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("dial tcp " + asked.host() + ":" + port.get() + ": " + reason(e));
    }
  }

  private PodReach reach(@Nullable String host) {
    return host == null || host.isEmpty() ? pod : new DirectReach(host);
  }

  /** The number; empty where the container gives no port that name. */
  private Optional<Integer> port(IntOrString port) {
    return port.getIntVal() != null
        ? Optional.of(port.getIntVal())
        : container.getPorts().stream()
            .filter(declared -> port.getStrVal().equals(declared.getName()))
            .map(ContainerPort::getContainerPort)
            .findFirst();
  }

  private Optional<String> noPort(IntOrString port) {
    return Optional.of(
        "container %s has no port named %s".formatted(container.getName(), port.getStrVal()));
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
