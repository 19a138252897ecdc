package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a request may take to come in, and how many there may be.
 *
 * @param headers how long a client may take to send them, from the request line on
 * @param body how long a client may take to send one that is read whole
 * @param concurrent requests of clients, agents not counted, that are answered at once
 * @param changesPerSecond of one caller, in the long run; as many lists with all details
 * @param changesAtOnce of one caller, before that counts
 */
public record RequestLimits(
    Duration headers, Duration body, int concurrent, double changesPerSecond, int changesAtOnce) {
  private static final int SLOWEST_BYTES_PER_MILLISECOND = 64;

  public static final RequestLimits DEFAULT =
      new RequestLimits(Duration.ofSeconds(15), Duration.ofSeconds(60), 4000, 50, 500);

  public RequestLimits {
    requireNonNull(headers, "headers is null");
    requireNonNull(body, "body is null");
    if (concurrent < 1) {
      throw new IllegalArgumentException("a server that answers nothing at once answers nothing");
    }
  }

  /** How many of {@code concurrent} one caller may have. */
  int ofCaller() {
    return Math.max(1, concurrent / 4);
  }

  /** How many of {@code concurrent} all callers may have together in one project. */
  int ofProject() {
    return Math.max(1, concurrent / 2);
  }

  /**
   * How long a client may take to read an answer: as long as for sending a body, and longer for one
   * that is large.
   *
   * @param bytes of the answer
   */
  Duration reading(int bytes) {
    return body.plusMillis(bytes / SLOWEST_BYTES_PER_MILLISECOND);
  }
}
