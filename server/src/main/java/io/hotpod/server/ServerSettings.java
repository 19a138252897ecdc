package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a server is started with.
 *
 * @param host name or address to listen on
 * @param port to listen on; 0 takes a free one
 * @param ids makes UUIDs
 */
public record ServerSettings(
    String host,
    int port,
    AuthenticationKind authentication,
    ServerLimits limits,
    Clock clock,
    Supplier<String> ids) {
  public ServerSettings {
    requireNonNull(host, "host is null");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    requireNonNull(authentication, "authentication is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
  }

  /** Without authentication, with the default limits. */
  public static ServerSettings withoutAuthentication(String host, int port) {
    return new ServerSettings(
        host,
        port,
        new AuthenticationKind.None(),
        ServerLimits.DEFAULT,
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString());
  }

  /** The same with another way to find out who asks. */
  public ServerSettings withAuthentication(AuthenticationKind other) {
    return new ServerSettings(host, port, other, limits, clock, ids);
  }
}
