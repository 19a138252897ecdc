package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Wakeup;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that keep the containers of one pod as it stands now. What one of them cannot go on
 * from ends all of them.
 */
final class ContainerCrew {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerCrew.class);

  private final String podName;
  private final Wakeup wakeup;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  /**
   * @param wakeup signalled when a thread cannot go on
   */
  ContainerCrew(String podName, Wakeup wakeup) {
    this.podName = podName;
    this.wakeup = wakeup;
  }

  /** What a thread does. */
  interface Work {
    void run() throws InterruptedException;
  }

  Thread start(String name, Work work) {
    Thread thread =
        Thread.ofVirtual()
            .name("container-" + podName + "-" + name)
            .unstarted(() -> run(name, work));
    threads.add(thread);
    thread.start();
    return thread;
  }

  private void run(String name, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      LOG.debug("container {} of pod {} is kept no longer", name, podName);
    } catch (RuntimeException e) {
      failures.add(e);
      wakeup.signal();
    }
  }

  /**
   * Says what a thread could not go on from.
   *
   * @throws RuntimeException that ended the thread
   */
  void check() {
    for (RuntimeException first : failures) {
      throw first;
    }
  }

  boolean failed() {
    return !failures.isEmpty();
  }

  /** Ends all threads; joins even when interrupted, for nothing may be done to the pod after. */
  void end() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    // More than once: the thread that starts others may have started one in between.
    while (threads.stream().anyMatch(Thread::isAlive)) {
      for (Thread thread : threads) {
        thread.interrupt();
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }
}
