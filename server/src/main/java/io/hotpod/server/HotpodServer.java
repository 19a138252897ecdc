package io.hotpod.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.hotpod.engine.Engine;
import io.hotpod.server.agent.AgentApi;
import io.hotpod.server.agent.LogRelay;
import io.hotpod.server.authentication.PasswordCheck;
import io.hotpod.server.authentication.TokensAuthentication;
import io.hotpod.server.guest.GuestApi;
import io.hotpod.server.heat.HeatApi;
import io.hotpod.server.http.Authentication;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Dispatcher;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.LoopbackAuthentication;
import io.hotpod.server.http.Router;
import io.hotpod.server.http.TransportErrors;
import io.hotpod.server.instance.InstanceApi;
import io.hotpod.server.users.WatchedUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running server in front of an engine, which it does not close. Thread-safe. */
public final class HotpodServer implements AutoCloseable {
  private static final int REQUEST_LINE_BYTES = 8 * 1024;
  private static final int BACKLOG = 1024;
  private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

  private final String host;
  private final Router router;
  private final WebServer webServer;
  private final LongPolls longPolls;
  private final LogRelay logRelay;

  private HotpodServer(
      String host, Router router, WebServer webServer, LongPolls longPolls, LogRelay logRelay) {
    this.host = host;
    this.router = router;
    this.webServer = webServer;
    this.longPolls = longPolls;
    this.logRelay = logRelay;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws IllegalArgumentException when the settings would let anybody in, or a file that they
   *     name cannot be used
   * @throws java.io.UncheckedIOException when it cannot listen, such as on a port that is taken
   */
  public static HotpodServer start(ServerSettings settings, Engine engine) {
    ServerLimits limits = settings.limits();
    Authentication authentication = authentication(settings);
    LongPolls longPolls = new LongPolls(limits.longPolls());
    LogRelay logRelay =
        new LogRelay(limits.logStreams(), limits.logStart(), limits.logIdle(), settings.ids());
    Router router = router(settings, engine, longPolls, logRelay);
    Dispatcher dispatcher =
        new Dispatcher(router, authentication, limits.bodyBytes(), settings.ids());
    requireFree(settings);
    WebServer webServer = webServer(settings, dispatcher).start();
    if (!webServer.isRunning()) {
      throw new UncheckedIOException(cannotListen(settings, new IOException("see the log")));
    }
    HotpodServer server = new HotpodServer(settings.host(), router, webServer, longPolls, logRelay);
    engine.reachableAt(server.uri());
    return server;
  }

  private static Router router(
      ServerSettings settings, Engine engine, LongPolls longPolls, LogRelay logRelay) {
    ServerLimits limits = settings.limits();
    Callers callers = new Callers();
    Router router = new Router();
    HeatApi.addTo(router, engine, callers, longPolls, limits.longestWait(), settings.clock());
    GuestApi.addTo(router, engine, settings.clock());
    InstanceApi.addTo(router, engine, callers, logRelay);
    AgentApi.addTo(router, engine, longPolls, logRelay, limits.longestWait(), limits.reportBytes());
    return router;
  }

  private static Authentication authentication(ServerSettings settings) {
    return switch (settings.authentication()) {
      case AuthenticationKind.None() -> LoopbackAuthentication.listeningOn(settings.host());
      case AuthenticationKind.Tokens(Path file) -> {
        WatchedUsers users = users(file);
        yield new TokensAuthentication(users, new PasswordCheck(users, settings.clock()));
      }
    };
  }

  private static WatchedUsers users(Path file) {
    try {
      return WatchedUsers.of(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file of users cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * The web server only logs that it cannot listen; asking first gives the reason to the caller.
   */
  private static void requireFree(ServerSettings settings) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(cannotListen(settings, e));
    }
  }

  private static IOException cannotListen(ServerSettings settings, IOException cause) {
    return new IOException(
        "cannot listen on %s:%d: %s"
            .formatted(settings.host(), settings.port(), cause.getMessage()),
        cause);
  }

  private static WebServer webServer(ServerSettings settings, Dispatcher dispatcher) {
    ServerLimits limits = settings.limits();
    return WebServer.builder()
        .host(settings.host())
        .port(settings.port())
        .backlog(BACKLOG)
        .maxTcpConnections(limits.connections())
        .idleConnectionTimeout(limits.idleConnection())
        .idleConnectionPeriod(IDLE_CHECK)
        .shutdownGracePeriod(limits.drain())
        .connectionOptions(socket -> socket.tcpNoDelay(true).socketKeepAlive(true))
        // Whoever starts a server closes it, after telling the agents that share the process.
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(REQUEST_LINE_BYTES)
                .maxHeadersSize(limits.headerBytes())
                .build())
        .directHandlers(TransportErrors.handlers())
        .routing(HttpRouting.builder().any(dispatcher))
        .build();
  }

  /** Every route by method and pattern, such as {@code GET /v1/{project}/stacks}. */
  List<String> routes() {
    return router.routes();
  }

  /** Where it can be reached, such as {@code http://127.0.0.1:8004}. */
  public URI uri() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create("http://" + name + ":" + webServer.port());
  }

  /** Answers what waits at once, lets the rest end within a few seconds, and stops. */
  @Override
  public void close() {
    longPolls.close();
    logRelay.close();
    webServer.stop();
  }
}
