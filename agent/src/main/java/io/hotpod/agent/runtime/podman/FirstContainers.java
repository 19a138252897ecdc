package io.hotpod.agent.runtime.podman;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The containers of a new pod that are made before its infra container is started. Thread-safe. */
final class FirstContainers {
  private final boolean one;
  private final CountDownLatch missing;
  private volatile Optional<String> made = Optional.empty();

  /**
   * @param count how many there are
   */
  FirstContainers(int count) {
    one = count == 1;
    missing = new CountDownLatch(count);
  }

  /** One of them was made. */
  void made(String id) {
    if (missing.getCount() > 0) {
      made = Optional.of(id);
    }
    missing.countDown();
  }

  /** Somebody needs the infra container before. */
  void waitForNoMore() {
    while (missing.getCount() > 0) {
      missing.countDown();
    }
  }

  /**
   * Waits for them, but not for long: fetching an image may take minutes, and one may fail.
   *
   * @return whether all were made
   */
  boolean await(Duration longest) throws InterruptedException {
    return missing.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Id of the one that was made, if there is no other. Podman starts the infra container with it in
   * less time than one after the other; several are better started side by side.
   */
  Optional<String> only() {
    return one ? made : Optional.empty();
  }
}
