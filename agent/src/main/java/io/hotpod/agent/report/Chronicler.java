package io.hotpod.agent.report;

import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodHistory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes down what happens to pods while it happens, whether anybody can be told or not. Reports
 * alone would lose what came and went between two that arrived. Thread-safe.
 */
public final class Chronicler implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /** Between two looks, so that a start of many pods is not looked at with each of its steps. */
  private static final Duration REST = Duration.ofMillis(200);

  private final Pods pods;
  private final Journal journal;
  private final Clock clock;
  private final Runnable happened;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;

  /** The pods of the instance. */
  public interface Pods {
    /** As they are now. */
    List<ObservedPod> observe();

    /** Whether a pod of this content is to be there. */
    boolean wants(String podId, ModificationToken token);
  }

  /**
   * @param file to keep it in
   * @param happened is run when there is something to tell
   */
  public Chronicler(Path file, Pods pods, Clock clock, RandomGenerator random, Runnable happened) {
    this.pods = pods;
    this.clock = clock;
    this.happened = happened;
    journal = new Journal(file, random);
    thread = Loop.unstarted("chronicler", this::once);
  }

  public void start() {
    thread.start();
  }

  /** Something may have happened. Never blocks. */
  public void changed() {
    wakeup.signal();
  }

  /** What is to be told; empty when that is nothing. */
  public Optional<PodHistory> untold() {
    return journal.untold();
  }

  /** It arrived. */
  public void told(PodHistory history) {
    journal.told(history);
  }

  private void once() throws InterruptedException {
    look();
    Thread.sleep(REST);
    wakeup.await(LOOK_AGAIN);
  }

  private void look() {
    Happened now =
        Happened.since(
            journal.notes(), pods.observe(), note -> pods.wants(note.podId(), note.token()));
    journal.add(now, clock.instant());
    if (!now.happenings().isEmpty()) {
      happened.run();
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
