package io.hotpod.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import io.hotpod.engine.Engine;
import io.hotpod.engine.servers.PeerAddress;
import io.hotpod.server.agent.AgentApi;
import io.hotpod.server.agent.Neighbours;
import io.hotpod.server.agent.PeerApi;
import io.hotpod.server.agent.Relay;
import io.hotpod.server.audit.AuditLog;
import io.hotpod.server.audit.FileAuditLog;
import io.hotpod.server.fetch.Fetcher;
import io.hotpod.server.guest.GuestApi;
import io.hotpod.server.heat.HeatApi;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Deadlines;
import io.hotpod.server.http.Dispatcher;
import io.hotpod.server.http.DispatcherSettings;
import io.hotpod.server.http.HeaderDeadline;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Router;
import io.hotpod.server.http.TransportErrors;
import io.hotpod.server.instance.InstanceApi;
import io.hotpod.server.openapi.OpenApi;
import io.hotpod.server.peer.PeerClient;
import io.hotpod.server.stream.EventStreams;
import io.hotpod.server.tls.ReloadedKeys;
import io.hotpod.server.tls.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A running server in front of an engine, which it does not close. Thread-safe. */
public final class HotpodServer implements AutoCloseable {
  private static final int REQUEST_LINE_BYTES = 8 * 1024;
  private static final long STREAMS = 128;
  private static final long HTTP2_HEADER_BYTES = 16 * 1024;
  private static final String IDENTITY = "/identity/v3";
  private static final int BACKLOG = 1024;
  private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

  private final String origin;
  private final Router router;
  private final WebServer webServer;
  private final LongPolls longPolls;
  private final Relay relay;
  private final PeerClient peerClient;
  private final Dispatcher dispatcher;
  private final Duration drain;
  private final EventStreams streams;
  private final Deadlines deadlines;
  private final AuditLog audit;

  private HotpodServer(
      String origin,
      Router router,
      WebServer webServer,
      LongPolls longPolls,
      Relay relay,
      PeerClient peerClient,
      Dispatcher dispatcher,
      Duration drain,
      EventStreams streams,
      Deadlines deadlines,
      AuditLog audit) {
    this.origin = origin;
    this.router = router;
    this.webServer = webServer;
    this.longPolls = longPolls;
    this.relay = relay;
    this.peerClient = peerClient;
    this.dispatcher = dispatcher;
    this.drain = drain;
    this.streams = streams;
    this.deadlines = deadlines;
    this.audit = audit;
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
    AuthenticationParts authentication = AuthenticationParts.of(settings);
    requireTls(settings);
    LongPolls longPolls = new LongPolls(limits.longPolls());
    Optional<ReloadedKeys> keys = settings.tls().map(HotpodServer::keys);
    PeerClient peerClient = new PeerClient(engine.peers(), settings.clock());
    Neighbours neighbours = new Neighbours(engine.peers(), peerClient);
    Relay relay =
        new Relay(
            limits.logStreams(), limits.logStart(), limits.logIdle(), settings.ids(), neighbours);
    Deadlines deadlines = new Deadlines();
    EventStreams streams = new EventStreams(settings.api().streams(), deadlines);
    Router router =
        router(
            settings,
            engine,
            longPolls,
            relay,
            streams,
            new Fetcher(settings.api().fetch(), deadlines));
    AgentApi.addTo(
        router,
        engine,
        longPolls,
        relay,
        neighbours,
        deadlines,
        limits.longestWait(),
        limits.reportBytes());
    PeerApi.addTo(router, engine.peers(), relay, settings.clock());
    authentication.routes().accept(router);
    if (settings.authentication() instanceof AuthenticationKind.Tokens) {
      GuestApi.addEc2Tokens(router, engine, settings.clock(), IDENTITY);
    }
    requireFree(settings);
    AuditLog audit = audit(settings);
    Dispatcher dispatcher =
        new Dispatcher(
            router,
            authentication.authentication(),
            new DispatcherSettings(
                limits.bodyBytes(),
                limits.requests(),
                deadlines,
                audit,
                settings.api().publicUrl(),
                settings.clock(),
                settings.ids()));
    WebServer webServer = webServer(settings, keys, dispatcher, deadlines).start();
    if (!webServer.isRunning()) {
      throw new UncheckedIOException(cannotListen(settings, new IOException("see the log")));
    }
    HotpodServer server =
        new HotpodServer(
            origin(settings),
            router,
            webServer,
            longPolls,
            relay,
            peerClient,
            dispatcher,
            limits.drain(),
            streams,
            deadlines,
            audit);
    engine.reachableAt(settings.api().publicUrl().orElseGet(server::uri));
    URI peerUrl = settings.api().peerUrl().orElseGet(() -> server.peerUri(settings, engine));
    engine
        .peers()
        .reachableAt(
            () ->
                Optional.of(
                    new PeerAddress(
                        peerUrl,
                        keys.filter(each -> "https".equals(peerUrl.getScheme()))
                            .map(ReloadedKeys::fingerprint))));
    return server;
  }

  private static Router router(
      ServerSettings settings,
      Engine engine,
      LongPolls longPolls,
      Relay relay,
      EventStreams streams,
      Fetcher fetcher) {
    ServerLimits limits = settings.limits();
    Callers callers = new Callers();
    Router router = new Router();
    HeatApi.addTo(
        router,
        engine,
        callers,
        longPolls,
        limits.longestWait(),
        streams,
        fetcher,
        settings.clock(),
        settings.api().hiddenTags());
    GuestApi.addTo(router, engine, settings.clock());
    InstanceApi.addTo(router, engine, callers, relay, longPolls, limits.longestWait());
    OpenApi.addTo(router);
    return router;
  }

  private static AuditLog audit(ServerSettings settings) {
    if (settings.audit().isEmpty()) {
      return AuditLog.NONE;
    }
    try {
      return FileAuditLog.open(settings.audit().get());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the audit log cannot be written: " + settings.audit().get() + ": " + e.getMessage(), e);
    }
  }

  private static void requireTls(ServerSettings settings) {
    if (settings.tls().isEmpty() && !settings.cleartext() && !isLoopback(settings.host())) {
      throw new IllegalArgumentException(
          ("will not listen on %s without TLS: passwords and tokens could be read on the way; give"
                  + " a certificate with --tls-certificate and --tls-key, or say that it is wanted"
                  + " with --allow-cleartext")
              .formatted(settings.host()));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("cannot listen on " + host + ": the name is unknown", e);
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

  private static ReloadedKeys keys(TlsFiles files) {
    try {
      return ReloadedKeys.of(files);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static IllegalArgumentException unusable(IOException e) {
    return new IllegalArgumentException("TLS cannot be used: " + e.getMessage(), e);
  }

  private static WebServer webServer(
      ServerSettings settings,
      Optional<ReloadedKeys> keys,
      Dispatcher dispatcher,
      Deadlines deadlines) {
    ServerLimits limits = settings.limits();
    WebServerConfig.Builder builder = WebServer.builder();
    keys.ifPresent(each -> secure(builder, each));
    return builder
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
                .addReceiveListener(new HeaderDeadline(deadlines, limits.requests().headers()))
                .build())
        .directHandlers(TransportErrors.handlers())
        .routing(HttpRouting.builder().any(dispatcher))
        .build();
  }

  /** Every route by method and pattern, such as {@code GET /v1/{project}/stacks}. */
  public List<String> routes() {
    return router.routes();
  }

  /** HTTP/2 only where both sides agree on it before anything is sent. */
  private static void secure(WebServerConfig.Builder builder, ReloadedKeys keys) {
    try {
      SSLContext context = keys.context();
      builder
          .tls(tls -> tls.sslContext(context))
          .addProtocol(
              Http2Config.builder()
                  .maxConcurrentStreams(STREAMS)
                  .maxHeaderListSize(HTTP2_HEADER_BYTES)
                  .sendErrorDetails(false)
                  .build());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Where it can be reached, such as {@code http://127.0.0.1:8004}. */
  public URI uri() {
    return URI.create(origin + ":" + webServer.port());
  }

  /**
   * Where other servers reach it, if it is not told: where it listens, or on its machine's name.
   */
  private URI peerUri(ServerSettings settings, Engine engine) {
    try {
      if (!InetAddress.getByName(settings.host()).isAnyLocalAddress()) {
        return uri();
      }
    } catch (UnknownHostException e) {
      return uri();
    }
    String scheme = settings.tls().isPresent() ? "https://" : "http://";
    return URI.create(scheme + engine.peers().self().host() + ":" + webServer.port());
  }

  private static String origin(ServerSettings settings) {
    String host = settings.host();
    String scheme = settings.tls().isPresent() ? "https://" : "http://";
    return scheme + (host.indexOf(':') < 0 ? host : "[" + host + "]");
  }

  /** Answers what waits at once, lets the rest end within a few seconds, and stops. */
  @Override
  public void close() {
    longPolls.close();
    relay.close();
    peerClient.close();
    streams.close();
    dispatcher.drain(drain);
    webServer.stop();
    deadlines.close();
    audit.close();
  }
}
