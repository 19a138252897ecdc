package io.hotpod.agent.report;

import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.source.RetryPause;
import io.hotpod.agent.source.Source;
import io.hotpod.agent.source.SourceException;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports: a change that somebody may wait for at once, small ones together a little later,
 * and the same again as a heartbeat. While the source is away the newest truth is kept here; what
 * happened meanwhile is the {@link Chronicler}'s.
 */
public final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** The longest pause between two reports of few pods. */
  private static final Duration SHORT_GAP = Duration.ofMillis(25);

  /**
   * The pause between two reports of many pods. With the wait of {@link Urgency} for small changes
   * and the sending itself it stays below the 200 ms within which a change is to be told.
   */
  private static final Duration LONG_GAP = Duration.ofMillis(75);

  /** From so many pods on, a report costs as much as what it is about. */
  private static final int MANY = 20;

  private final Source source;
  private final Snapshot snapshot;
  private final Duration heartbeat;
  private final RetryPause pause;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
  private long sequence;
  private boolean failing;

  /** The last report that arrived; empty when another one is due in any case. */
  private Optional<PodReport> sent = Optional.empty();

  /** Makes a report of what is now. */
  public interface Snapshot {
    PodReport take(long sequence);

    /** A report arrived. */
    default void arrived(PodReport report) {}
  }

  public Reporter(Source source, Snapshot snapshot, Duration heartbeat, RandomGenerator random) {
    this.source = source;
    this.snapshot = snapshot;
    this.heartbeat = heartbeat;
    this.pause = new RetryPause(random);
    thread = Loop.unstarted("reporter", this::once);
  }

  public void start() {
    thread.start();
  }

  /** Something may have changed. Never blocks. */
  public void changed() {
    wakeup.signal();
  }

  private void once() throws InterruptedException {
    boolean woken = sent.isPresent() && wakeup.await(heartbeat);
    Optional<PodReport> before = sent;
    // Whatever goes wrong until it is sent: the next round owes a report.
    sent = Optional.empty();
    PodReport now = snapshot.take(sequence + 1);
    if (woken && before.isPresent()) {
      if (same(before.get(), now)) {
        sent = before;
        return;
      }
      now = worthSending(before.get(), now);
    }
    long began = System.nanoTime();
    PodReport arrived = send(now);
    sent = Optional.of(arrived);
    rest(Duration.ofNanos(System.nanoTime() - began), arrived);
  }

  /** The first report that may wait no longer for more to tell. */
  private PodReport worthSending(PodReport sent, PodReport first) throws InterruptedException {
    PodReport now = first;
    long end = System.nanoTime() + Urgency.between(sent, now).toNanos();
    while (end - System.nanoTime() > 0 && wakeup.await(Duration.ofNanos(end - System.nanoTime()))) {
      long began = System.nanoTime();
      now = snapshot.take(sequence + 1);
      rest(Duration.ofNanos(System.nanoTime() - began), now);
      end = Math.min(end, System.nanoTime() + Urgency.between(sent, now).toNanos());
    }
    return now;
  }

  /**
   * As long as a look or a report of few pods took, so that a burst of changes costs half of the
   * time at most.
   */
  private static void rest(Duration took, PodReport report) throws InterruptedException {
    boolean many = report.pods().size() >= MANY;
    Thread.sleep(many ? LONG_GAP : took.compareTo(SHORT_GAP) < 0 ? took : SHORT_GAP);
  }

  /**
   * Returns what arrived, which is newer than what was given when it took more than one attempt.
   */
  private PodReport send(PodReport report) throws InterruptedException {
    PodReport newest = report;
    for (; ; ) {
      sequence = newest.sequence();
      try {
        source.report(newest);
        pause.reset();
        if (failing) {
          failing = false;
          LOG.info("reports arrive again");
        }
        snapshot.arrived(newest);
        return newest;
      } catch (SourceException e) {
        if (!failing) {
          failing = true;
          LOG.warn("{}; the newest report is sent as soon as that works", e.getMessage());
        }
        Thread.sleep(pause.next());
        // A report that arrived without an answer must not hide this one.
        newest = snapshot.take(sequence + 1);
      }
    }
  }

  private static boolean same(PodReport sent, PodReport now) {
    return sent.desiredVersion() == now.desiredVersion()
        && sent.facts().equals(now.facts())
        && sent.pods().equals(now.pods())
        && now.history().isEmpty();
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
