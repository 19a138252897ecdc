package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of one pod's config maps and secrets up to date: by whoever asks for it, and
 * while the pod runs by a thread of its own, which begins with the first change. Thread-safe.
 */
final class FileReplacement {
  private static final Logger LOG = LoggerFactory.getLogger(FileReplacement.class);

  private final PodSandbox sandbox;
  private final Supplier<DesiredPod> desired;
  private final Runnable changed;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ReentrantLock ending = new ReentrantLock();
  private final Wakeup stale = new Wakeup();
  private Optional<Thread> thread = Optional.empty();
  private boolean stopped;

  /**
   * @param changed run after each time that the files were looked at
   */
  FileReplacement(PodSandbox sandbox, Supplier<DesiredPod> desired, Runnable changed) {
    this.sandbox = sandbox;
    this.desired = desired;
    this.changed = changed;
  }

  /**
   * Makes the files what the desired pod asks for.
   *
   * @throws io.hotpod.agent.runtime.ConfigurationException when something is named that is not
   *     there
   */
  void refresh() throws IOException {
    refreshing.lock();
    try {
      sandbox.refresh(desired.get());
    } finally {
      refreshing.unlock();
    }
    changed.run();
  }

  /** The desired pod has other values now. Returns at once. */
  void later() {
    stale.signal();
    ending.lock();
    try {
      if (!stopped && thread.isEmpty()) {
        thread =
            Optional.of(
                Thread.ofVirtual().name("files-" + sandbox.name()).start(this::refreshAlways));
      }
    } finally {
      ending.unlock();
    }
  }

  /** What cannot be written, as to a full disk, is tried again less and less often. */
  private void refreshAlways() {
    int failures = 0;
    try {
      for (; ; ) {
        Duration pause = failures == 0 ? PodSite.LOOK_AGAIN : BackOff.local(failures);
        boolean asked = stale.await(pause);
        if (asked || failures > 0) {
          failures = refreshed() ? 0 : failures + 1;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the files of pod {} are replaced no longer", sandbox.name());
    }
  }

  private boolean refreshed() {
    try {
      refresh();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "pod {}: its files cannot be replaced, trying again: {}", sandbox.name(), e.toString());
      return false;
    }
  }

  /** Nothing is replaced later any more once this returns. */
  void stop() throws InterruptedException {
    Optional<Thread> replacing;
    ending.lock();
    try {
      stopped = true;
      replacing = thread;
    } finally {
      ending.unlock();
    }
    if (replacing.isPresent()) {
      replacing.get().interrupt();
      replacing.get().join();
    }
  }
}
