package io.hotpod.engine.signal;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where machines reach this server. Steps that go on after a restart may ask before the server
 * listens, and wait for it. Thread-safe.
 */
public final class PublicAddress {
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition known = lock.newCondition();
  private Optional<URI> address = Optional.empty();

  /**
   * @param patience how long a question may wait for the answer
   */
  public PublicAddress(Duration patience) {
    this.patience = patience;
  }

  /**
   * Makes it known.
   *
   * @param base such as {@code http://127.0.0.1:8004}
   */
  public void set(URI base) {
    lock.lock();
    try {
      address = Optional.of(URI.create(base.toString().replaceAll("/+$", "")));
      known.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The address, without a slash at its end.
   *
   * @throws IllegalStateException when the server does not listen in time
   */
  public String get() {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (address.isEmpty() && left > 0) {
        left = known.awaitNanos(left);
      }
      return address
          .map(URI::toString)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "no URL can be made for machines: the server does not listen after %d s"
                          .formatted(TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server's address was waited for", e);
    } finally {
      lock.unlock();
    }
  }
}
