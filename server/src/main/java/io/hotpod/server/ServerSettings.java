package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.TimeOrderedIds;
import io.hotpod.engine.secret.BulkRandom;
import io.hotpod.server.tls.TlsFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a server is started with.
 *
 * @param host name or address to listen on
 * @param port to listen on; 0 takes a free one
 * @param tls what the listener shows; without it requests are read as they are
 * @param cleartext whether that is wanted also where other machines can reach the listener
 * @param audit where every change is written down, if anywhere
 * @param api what it answers with
 * @param ids makes UUIDs
 */
public record ServerSettings(
    String host,
    int port,
    AuthenticationKind authentication,
    Optional<TlsFiles> tls,
    boolean cleartext,
    Optional<Path> audit,
    ServerLimits limits,
    ApiSettings api,
    Clock clock,
    Supplier<String> ids) {
  public ServerSettings {
    requireNonNull(host, "host is null");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    requireNonNull(authentication, "authentication is null");
    requireNonNull(tls, "tls is null");
    requireNonNull(audit, "audit is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(api, "api is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
  }

  /** Without authentication, with the default limits. */
  public static ServerSettings withoutAuthentication(String host, int port) {
    return new ServerSettings(
        host,
        port,
        new AuthenticationKind.None(),
        Optional.empty(),
        false,
        Optional.empty(),
        ServerLimits.DEFAULT,
        ApiSettings.DEFAULT,
        Clock.systemUTC(),
        new TimeOrderedIds(Clock.systemUTC(), new BulkRandom(new SecureRandom())));
  }

  /** The same with another way to find out who asks. */
  public ServerSettings withAuthentication(AuthenticationKind other) {
    return new ServerSettings(host, port, other, tls, cleartext, audit, limits, api, clock, ids);
  }

  /** The same with TLS. */
  public ServerSettings withTls(TlsFiles files) {
    return new ServerSettings(
        host, port, authentication, Optional.of(files), cleartext, audit, limits, api, clock, ids);
  }

  /** The same without TLS wherever it listens. */
  public ServerSettings withCleartext() {
    return new ServerSettings(
        host, port, authentication, tls, true, audit, limits, api, clock, ids);
  }

  /** The same with a file in which every change is written down. */
  public ServerSettings withAudit(Path file) {
    return new ServerSettings(
        host, port, authentication, tls, cleartext, Optional.of(file), limits, api, clock, ids);
  }

  /** The same with other limits. */
  public ServerSettings withLimits(ServerLimits other) {
    return new ServerSettings(
        host, port, authentication, tls, cleartext, audit, other, api, clock, ids);
  }

  /** The same with other answers. */
  public ServerSettings withApi(ApiSettings other) {
    return new ServerSettings(
        host, port, authentication, tls, cleartext, audit, limits, other, clock, ids);
  }
}
