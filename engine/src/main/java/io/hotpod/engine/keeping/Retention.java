package io.hotpod.engine.keeping;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what is over is kept.
 *
 * @param eventsPerStack the newest so many events of a stack stay; those of a stack in progress all
 *     do
 * @param deletedStacks after which a deleted stack, with its events, is forgotten
 * @param operations after which an operation that has ended is forgotten; the last of a stack stays
 * @param idempotencyKeys after which a request with the same key is a new one
 * @param joinTokens after their own time is over
 * @param unusedConfigs after which software and pod configs go that no resource and no deployment
 *     names; empty keeps them, as somebody may have made them for later
 * @param interval between two rounds
 */
public record Retention(
    int eventsPerStack,
    Duration deletedStacks,
    Duration operations,
    Duration idempotencyKeys,
    Duration joinTokens,
    Optional<Duration> unusedConfigs,
    Duration interval) {
  /** What holds when nobody says otherwise. */
  public static final Retention DEFAULT =
      new Retention(
          10_000,
          Duration.ofDays(30),
          Duration.ofDays(7),
          Duration.ofDays(7),
          Duration.ofDays(1),
          Optional.empty(),
          Duration.ofMinutes(10));

  /**
   * @throws IllegalArgumentException for fewer events than one, and for times before now
   */
  public Retention {
    if (eventsPerStack < 1) {
      throw new IllegalArgumentException("eventsPerStack must be at least 1");
    }
    requireTime("deletedStacks", deletedStacks);
    requireTime("operations", operations);
    requireTime("idempotencyKeys", idempotencyKeys);
    requireTime("joinTokens", joinTokens);
    requireNonNull(unusedConfigs, "unusedConfigs is null");
    unusedConfigs.ifPresent(time -> requireTime("unusedConfigs", time));
    requireTime("interval", interval);
    if (interval.isZero()) {
      throw new IllegalArgumentException("interval is zero");
    }
  }

  private static void requireTime(String name, Duration time) {
    requireNonNull(time, name + " is null");
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + " is negative");
    }
  }
}
