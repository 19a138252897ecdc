package io.hotpod.engine.run;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.Retries;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.stack.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Attempts a step again after a failure that may pass. Steps are idempotent and carry a token, so a
 * further attempt goes on with what the one before left, where Heat deletes it and begins anew.
 * Thread-safe.
 *
 * <p>Attempts are counted by the process that makes them; one that takes over begins to count anew,
 * within the time that the operation has.
 */
final class Attempts {
  private final Retries retries;
  private final RandomGenerator random;

  Attempts(Retries retries, RandomGenerator random) {
    this.retries = retries;
    this.random = random;
  }

  /** Waits between two attempts. */
  interface Pause {
    /**
     * Waits.
     *
     * @param words what went wrong and what follows, for people
     * @param passing ends the wait
     * @return whether there is to be another attempt
     */
    boolean before(String words, Duration time, ResourceFailure.Passing passing);
  }

  /**
   * Does a piece of work, more than once if need be.
   *
   * @throws ResourceFailure of the last attempt, telling which it was if it was not the only one
   */
  <T> T of(Action action, Supplier<T> work, Pause pause) {
    int most = isRepeated(action) ? 1 + retries.limit() : 1;
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work);
      } catch (ResourceFailure failure) {
        if (!failure.isWorthRetrying() || most == 1) {
          throw attempt == 1 ? failure : failure.adding(which(attempt, most));
        }
        if (attempt == most || !pauses(pause, failure, attempt, most)) {
          throw failure.adding(which(attempt, most));
        }
      }
    }
  }

  private boolean pauses(Pause pause, ResourceFailure failure, int attempt, int most) {
    Duration time = retries.before(attempt, random);
    return pause.before(
        "attempt %d of %d failed: %s; the next one follows in %d s"
            .formatted(attempt, most, failure.getMessage(), time.plusMillis(500).toSeconds()),
        time,
        failure.passing());
  }

  private static String which(int attempt, int most) {
    return " (attempt %d of %d)".formatted(attempt, most);
  }

  private static <T> T attempt(Supplier<T> work) {
    try {
      return work.get();
    } catch (UncheckedIOException e) {
      IOException cause = requireNonNull(e.getCause(), "cause is null");
      throw ResourceFailure.worthRetrying(
          cause.getClass().getSimpleName(),
          Optional.ofNullable(cause.getMessage()).orElse("no details are known"));
    }
  }

  /** What a check or a snapshot finds is its outcome, and what is taken in is there or is not. */
  private static boolean isRepeated(Action action) {
    return switch (action) {
      case CREATE, UPDATE, DELETE, SUSPEND, RESUME -> true;
      case INIT, ADOPT, CHECK, SNAPSHOT, RESTORE, ROLLBACK, SIGNAL -> false;
    };
  }
}
