package io.hotpod.agent.source;

import io.hotpod.agent.runtime.Gathering;
import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a source for desired sets, for as long as it lives, and hands over those that are newer than
 * what is known. An older set, as from a server that was restored, changes nothing.
 */
public final class DesiredFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DesiredFollower.class);
  private static final Duration PAUSE_AFTER_OLDER = Duration.ofSeconds(5);

  private final Source source;
  private final Taker taker;
  private final RetryPause pause;
  private final Thread thread;
  private long known;
  private boolean failing;

  /** Takes a newer set over. */
  public interface Taker {
    /** Returns once the set is safe; throws when it could not be kept, and is asked again. */
    void take(DesiredPods desired) throws IOException;
  }

  public DesiredFollower(Source source, long known, Taker taker, RandomGenerator random) {
    this.source = source;
    this.known = known;
    this.taker = taker;
    this.pause = new RetryPause(random);
    thread = Loop.unstarted("desired-pods", this::once);
  }

  public void start() {
    thread.start();
  }

  private void once() throws InterruptedException {
    try {
      Optional<DesiredPods> answer = source.desired(known);
      if (answer.isPresent() && answer.get().version() > known) {
        taker.take(answer.get());
        known = answer.get().version();
        // A server that makes many pods has a new set with each few of them.
        Thread.sleep(Gathering.of(answer.get().pods().size()));
      } else if (answer.isPresent()) {
        fail(
            "the server offers set "
                + answer.get().version()
                + ", which is not newer than "
                + known);
        Thread.sleep(PAUSE_AFTER_OLDER);
        return;
      }
      if (failing) {
        failing = false;
        LOG.info("the source answers again");
      }
      pause.reset();
    } catch (SourceException e) {
      fail(e.getMessage());
      Thread.sleep(pause.next());
    } catch (IOException e) {
      fail("the desired set cannot be written to disk: " + e.getMessage());
      Thread.sleep(pause.next());
    }
  }

  /** Said once per change of state, not once per attempt. */
  private void fail(String why) {
    if (!failing) {
      failing = true;
      LOG.warn("{}; the pods are left as they are, trying again", why);
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
