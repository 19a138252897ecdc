package io.hotpod.server.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What streams of events may cost.
 *
 * @param most open at once
 * @param heartbeat after which a silent stream says that it lives
 * @param write how long a reader may take to take what is written; then the stream ends
 * @param longest life of a stream; who comes back is asked anew who it is
 */
public record StreamLimits(int most, Duration heartbeat, Duration write, Duration longest) {
  /** Enough for every screen of a large site. */
  public static final StreamLimits DEFAULT =
      new StreamLimits(
          5000, Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(60));

  public StreamLimits {
    requireNonNull(heartbeat, "heartbeat is null");
    requireNonNull(write, "write is null");
    requireNonNull(longest, "longest is null");
  }
}
