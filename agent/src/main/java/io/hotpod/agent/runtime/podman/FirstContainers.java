package io.hotpod.agent.runtime.podman;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The containers of a new pod that are made before its infra container is started. Thread-safe. */
final class FirstContainers {
  private final CountDownLatch missing;

  /**
   * @param count how many there are
   */
  FirstContainers(int count) {
    missing = new CountDownLatch(count);
  }

  /** One of them was made. */
  void made() {
    missing.countDown();
  }

  /** Somebody needs the infra container before. */
  void waitForNoMore() {
    while (missing.getCount() > 0) {
      missing.countDown();
    }
  }

  /**
   * Waits for them, but not for long: fetching an image may take minutes.
   *
   * @return whether all were made
   */
  boolean await(Duration longest) throws InterruptedException {
    return missing.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }
}
