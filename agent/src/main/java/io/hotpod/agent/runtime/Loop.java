package io.hotpod.agent.runtime;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step until its thread is interrupted. What nobody foresaw ends the step and not the
 * loop: it is logged, and the step is begun anew after a pause that grows while it fails.
 */
public final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Loop() {}

  /** One round; it waits for its occasion itself. */
  public interface Step {
    void run() throws InterruptedException;
  }

  /** A virtual thread that repeats the step once it is started. */
  public static Thread unstarted(String name, Step step) {
    return Thread.ofVirtual().name(name).unstarted(() -> run(name, step));
  }

  private static void run(String name, Step step) {
    Duration pause = FIRST_PAUSE;
    String said = "";
    try {
      for (; ; ) {
        try {
          step.run();
          pause = FIRST_PAUSE;
          said = "";
        } catch (RuntimeException | StackOverflowError e) {
          if (!said.equals(e.toString())) {
            said = e.toString();
            LOG.error("{}: unexpected; going on", name, e);
          }
          Thread.sleep(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", name);
    }
  }
}
