package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Requests that wait for something to happen: bounded in number, and answered at once when the
 * server stops. Thread-safe.
 */
public final class LongPolls implements AutoCloseable {
  private final Semaphore permits;
  private final Set<Waiting<?>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** One that waits; its identity is what counts. */
  private static final class Waiting<T> {
    private final CompletableFuture<Optional<T>> answer = new CompletableFuture<>();

    void stop() {
      answer.complete(Optional.empty());
    }
  }

  /**
   * @param limit how many may wait at once
   */
  public LongPolls(int limit) {
    this.permits = new Semaphore(limit);
  }

  /**
   * Asks, and waits for the answer no longer than the server lives.
   *
   * @param wait how long the question may wait; it is told zero when the server is stopping
   * @param question blocks for at most the time that it is given; empty when nothing happened
   * @throws ApiException when too many wait already
   */
  public <T> Optional<T> ask(Duration wait, Function<Duration, Optional<T>> question)
      throws InterruptedException {
    if (wait.isZero() || closed) {
      return question.apply(Duration.ZERO);
    }
    if (!permits.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyWaiting",
          "Too many requests are waiting for changes; try again in a few seconds.",
          Map.of("Retry-After", "5"));
    }
    try {
      return askWaiting(wait, question);
    } finally {
      permits.release();
    }
  }

  private <T> Optional<T> askWaiting(Duration wait, Function<Duration, Optional<T>> question)
      throws InterruptedException {
    Waiting<T> mine = new Waiting<>();
    CompletableFuture<Optional<T>> answer = mine.answer;
    waiting.add(mine);
    if (closed) {
      waiting.remove(mine);
      return question.apply(Duration.ZERO);
    }
    // A thread of its own, so that the answer need not wait for the question when the server stops.
    Thread asking =
        Thread.ofVirtual()
            .name("long-poll")
            .start(
                () -> {
                  try {
                    answer.complete(question.apply(wait));
                  } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                  }
                });
    try {
      return requireNonNull(answer.get(), "a question was answered with null");
    } catch (ExecutionException e) {
      throw rethrow(e);
    } finally {
      waiting.remove(mine);
      asking.interrupt();
    }
  }

  private static RuntimeException rethrow(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException refusal -> refusal;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a question failed", e);
    };
  }

  /** Answers everything that waits, as if nothing had happened. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(Waiting::stop);
  }
}
