package io.hotpod.agent.runtime.podman.probe;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what is waited for when its time has passed, unless it is closed itself before. */
final class Deadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

  private final Thread thread;
  private volatile boolean passed;

  private Deadline(Closeable awaited, Duration longest) {
    thread =
        Thread.ofVirtual()
            .name("deadline")
            .unstarted(
                () -> {
                  try {
                    Thread.sleep(longest);
                    passed = true;
                    awaited.close();
                  } catch (InterruptedException e) {
                    LOG.trace("in time");
                  } catch (IOException e) {
                    LOG.debug("{} cannot be closed: {}", awaited, e.getMessage());
                  }
                });
  }

  static Deadline closing(Closeable awaited, Duration longest) {
    Deadline deadline = new Deadline(awaited, longest);
    deadline.thread.start();
    return deadline;
  }

  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
