package io.hotpod.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;

/** Waiting for conditions. */
final class Waiting {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(40);

  private Waiting() {}

  /** Waits until something is so; a throw counts as not yet. */
  static void until(String what, Callable<Boolean> condition) {
    patiently(what).ignoreExceptions().until(condition);
  }

  /** A wait that is long enough for a busy machine. */
  static ConditionFactory patiently(String what) {
    return await(what).atMost(LONGEST).pollDelay(Duration.ZERO).pollInterval(BETWEEN);
  }
}
