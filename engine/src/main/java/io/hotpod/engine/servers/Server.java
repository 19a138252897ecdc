package io.hotpod.engine.servers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A server that carries out operations.
 *
 * @param id of one run of it: after a restart it has another
 * @param host name of its machine
 * @param seenAt when it last said that it runs
 */
public record Server(String id, String host, Instant startedAt, Instant seenAt) {
  /** How often a server says that it runs. */
  public static final Duration REPORTS_EVERY = Duration.ofSeconds(30);

  public Server {
    requireNonNull(id, "id is null");
    requireNonNull(host, "host is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(seenAt, "seenAt is null");
  }

  /** Whether it counts as running: by Heat's rule, until two reports of it are missing. */
  public boolean isUp(Instant now) {
    return !seenAt.plus(REPORTS_EVERY.multipliedBy(2)).isBefore(now);
  }
}
