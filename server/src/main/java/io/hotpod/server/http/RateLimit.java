package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each of many may do something: so much at once, and then as fast as it is given back.
 * Thread-safe.
 */
public final class RateLimit {
  /** Beyond, those are forgotten who could start afresh anyway. */
  private static final int REMEMBERED = 10_000;

  private final double perMillisecond;
  private final int burst;
  private final Clock clock;
  private final Map<String, Left> all = new ConcurrentHashMap<>();

  /** What somebody has left, and when that was. */
  private record Left(double count, long millis) {}

  /**
   * @param perSecond how much is given back in a second
   * @param burst how much there is at first, and at most
   */
  public RateLimit(double perSecond, int burst, Clock clock) {
    if (perSecond <= 0 || burst < 1) {
      throw new IllegalArgumentException("a limit is positive");
    }
    this.perMillisecond = perSecond / 1000;
    this.burst = burst;
    this.clock = requireNonNull(clock, "clock is null");
  }

  RateLimit(RequestLimits.Rate rate, Clock clock) {
    this(rate.perSecond(), rate.atOnce(), clock);
  }

  /** Takes one; the answer is zero then, and otherwise how long there is none left. */
  public Duration take(String who) {
    forget();
    Duration[] wait = {Duration.ZERO};
    all.compute(
        who,
        (key, before) -> {
          Left now = now(before);
          if (now.count() >= 1) {
            return new Left(now.count() - 1, now.millis());
          }
          wait[0] = untilOne(now);
          return now;
        });
    return wait[0];
  }

  /** How long there is none left; takes none. */
  public Duration untilNext(String who) {
    Left before = all.get(who);
    if (before == null) {
      return Duration.ZERO;
    }
    Left now = now(before);
    return now.count() >= 1 ? Duration.ZERO : untilOne(now);
  }

  private Duration untilOne(Left now) {
    return Duration.ofMillis((long) Math.ceil((1 - now.count()) / perMillisecond));
  }

  private Left now(@org.jspecify.annotations.Nullable Left before) {
    long millis = clock.millis();
    if (before == null) {
      return new Left(burst, millis);
    }
    long passed = Math.max(0, millis - before.millis());
    return new Left(Math.min(burst, before.count() + passed * perMillisecond), millis);
  }

  private void forget() {
    if (all.size() > REMEMBERED) {
      all.values().removeIf(left -> now(left).count() >= burst);
    }
  }
}
