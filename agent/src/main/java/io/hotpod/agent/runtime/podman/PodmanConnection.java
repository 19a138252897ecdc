package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanEvent;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to Podman's events, and again after the stream broke, for as long as it takes. A loss is
 * said once, and so is the recovery.
 */
final class PodmanConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodmanConnection.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How long a service that was started together with the agent may take to listen, unremarked. */
  private static final Duration STARTING = Duration.ofSeconds(1);

  private static final Duration SOON = Duration.ofMillis(20);

  private final Podman podman;
  private final Availability availability;
  private final Listener listener;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private String version = "";
  private String problem = "Podman was not asked yet";
  private boolean said;

  /** What is done with what is heard. */
  interface Listener {
    /** The stream stands (again): events may have been missed before. */
    void connected() throws InterruptedException;

    void event(PodmanEvent event);

    /** Version or problem changed. */
    void changed();
  }

  PodmanConnection(Podman podman, Availability availability, Listener listener) {
    this.podman = podman;
    this.availability = availability;
    this.listener = listener;
    thread = Thread.ofVirtual().name("podman-events").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  String version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  String problem() {
    lock.lock();
    try {
      return problem;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    long start = System.nanoTime();
    try {
      for (; ; ) {
        long began = System.nanoTime();
        String why = "its event stream ended";
        try {
          String found = podman.version();
          podman.events(() -> connected(found), event -> listener.event(event));
        } catch (PodmanUnavailableException | PodmanException e) {
          why = e.getMessage();
        } catch (RuntimeException e) {
          // An answer that nobody foresaw must not leave the pods without anybody who listens.
          why = "what Podman says cannot be taken in: " + e;
          LOG.debug("{}", why, e);
        }
        availability.down();
        if (version().isEmpty() && System.nanoTime() - start < STARTING.toNanos()) {
          Thread.sleep(SOON);
          continue;
        }
        if (say(version(), why + "; trying again")) {
          LOG.warn("Podman is lost, its pods are left as they are: {}; trying again", why);
        }
        boolean stood = System.nanoTime() - began > LONGEST_PAUSE.toNanos();
        pause = stood ? FIRST_PAUSE : pause;
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      LOG.debug("listening to Podman no longer");
    }
  }

  private void connected(String found) {
    try {
      listener.connected();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    availability.up();
    if (say(found, "")) {
      LOG.info("Podman {} answers", found);
    }
  }

  private boolean say(String nowVersion, String nowProblem) {
    boolean first;
    boolean different;
    lock.lock();
    try {
      first = !said || problem.isEmpty() != nowProblem.isEmpty();
      said = true;
      different = !version.equals(nowVersion) || !problem.equals(nowProblem);
      version = nowVersion;
      problem = nowProblem;
    } finally {
      lock.unlock();
    }
    if (different) {
      listener.changed();
    }
    return first;
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
