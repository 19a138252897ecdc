package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.audit.AuditLog;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a {@link Dispatcher} works with.
 *
 * @param bodyLimit in bytes, of JSON bodies
 * @param publicUrl where clients reach the server, when that is not where it listens
 * @param ids makes the ids of requests
 */
public record DispatcherSettings(
    int bodyLimit,
    RequestLimits limits,
    Deadlines deadlines,
    AuditLog audit,
    Optional<URI> publicUrl,
    Clock clock,
    Supplier<String> ids) {
  public DispatcherSettings {
    requireNonNull(limits, "limits is null");
    requireNonNull(deadlines, "deadlines is null");
    requireNonNull(audit, "audit is null");
    requireNonNull(publicUrl, "publicUrl is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
  }
}
