package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks one container once whether it is well. */
final class Prober {
  private final Podman podman;
  private final ProbeHttp http;
  private final Container container;
  private final String containerId;
  private final long process;
  private final String address;

  /**
   * @param process the container's first one; 0 where it is not known
   * @param address the pod's, or the machine's where the pod has its network
   */
  Prober(
      Podman podman,
      ProbeHttp http,
      Container container,
      String containerId,
      long process,
      String address) {
    this.podman = podman;
    this.http = http;
    this.container = container;
    this.containerId = containerId;
    this.process = process;
    this.address = address;
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
        return http(probe.getHttpGet(), timeout);
      }
      if (probe.getTcpSocket() != null) {
        String host = probe.getTcpSocket().getHost();
        return tcp(host == null ? address : host, port(probe.getTcpSocket().getPort()), timeout);
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

  private Optional<String> http(HTTPGetAction get, Duration timeout) throws InterruptedException {
    String scheme = get.getScheme() == null ? "http" : get.getScheme().toLowerCase(Locale.ROOT);
    String host = get.getHost() == null ? address : get.getHost();
    String path = get.getPath() == null ? "/" : get.getPath();
    String url =
        scheme
            + "://"
            + host
            + ":"
            + port(get.getPort())
            + (path.startsWith("/") ? "" : "/")
            + path;
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout).GET();
      for (HTTPHeader header : get.getHttpHeaders()) {
        if (!header.getName().equalsIgnoreCase("host")) {
          request.header(header.getName(), header.getValue());
        }
      }
      HttpClient client = scheme.equals("https") ? ProbeHttp.secure() : http.plain();
      HttpResponse<Void> response =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      return response.statusCode() >= 200 && response.statusCode() < 400
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + response.statusCode());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("Get \"" + url + "\": " + reason(e));
    }
  }

  private static Optional<String> tcp(String host, int port, Duration timeout) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("dial tcp " + host + ":" + port + ": " + reason(e));
    }
  }

  private int port(IntOrString port) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    for (ContainerPort declared : container.getPorts()) {
      if (port.getStrVal().equals(declared.getName())) {
        return declared.getContainerPort();
      }
    }
    throw new IllegalArgumentException("container has no port named " + port.getStrVal());
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
