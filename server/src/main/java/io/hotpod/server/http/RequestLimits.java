package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a request may take to come in, and how many there may be.
 *
 * @param headers how long a client may take to send them, from the request line on
 * @param body how long a client may take to send one that is read whole
 * @param concurrent requests of clients, agents not counted, that are answered at once
 * @param changesPerSecond of one caller, in the long run
 * @param changesAtOnce of one caller, before that counts
 */
public record RequestLimits(
    Duration headers, Duration body, int concurrent, double changesPerSecond, int changesAtOnce) {
  public static final RequestLimits DEFAULT =
      new RequestLimits(Duration.ofSeconds(15), Duration.ofSeconds(60), 4000, 50, 500);

  public RequestLimits {
    requireNonNull(headers, "headers is null");
    requireNonNull(body, "body is null");
  }
}
