package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Carries bytes from one writer to one reader and holds only a few chunks, so that a slow reader
 * slows the writer down. Thread-safe.
 */
final class Pipe {
  private static final int CHUNKS = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> chunks = new ArrayDeque<>(CHUNKS);
  private Optional<Next> last = Optional.empty();
  private boolean fetched;
  private boolean claimed;
  private boolean abandoned;

  /** What the reader gets. */
  sealed interface Next {
    /** Some bytes. */
    final class Chunk implements Next {
      private final byte[] bytes;

      Chunk(byte[] bytes) {
        this.bytes = bytes;
      }

      /** Not copied: the reader owns them. */
      byte[] bytes() {
        return bytes;
      }
    }

    /** There are no more. */
    record End() implements Next {}

    /** There are no more, because something went wrong. */
    record Failed(String why) implements Next {
      public Failed {
        requireNonNull(why, "why is null");
      }
    }

    /** There are no more: the writer is at another server, and that one cannot reach this one. */
    record CutOff(String why) implements Next {
      public CutOff {
        requireNonNull(why, "why is null");
      }
    }

    /** Nothing came in the time given. */
    record Silence() implements Next {}
  }

  /** Makes the caller the writer; false when there is one already, or nobody reads any more. */
  boolean claim() {
    lock.lock();
    try {
      boolean first = !claimed && !isOver();
      claimed = true;
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** The instance knows that it is asked; it becomes the writer when it has something to write. */
  void fetched() {
    lock.lock();
    try {
      fetched = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the instance knows that it is asked; false when it did not ask in that time. */
  boolean awaitFetched(Duration patience) throws InterruptedException {
    return await(patience, () -> fetched || last.isPresent());
  }

  /** Waits for a writer, or for an end without one; false when none came in the time given. */
  boolean awaitClaimed(Duration patience) throws InterruptedException {
    return await(patience, () -> claimed || last.isPresent());
  }

  private boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return condition.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands over some bytes, waiting for room.
   *
   * @return false when nobody reads them: the reader left, or took nothing for all that time
   */
  boolean write(byte[] bytes, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (chunks.size() == CHUNKS && !isOver()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      if (isOver()) {
        return false;
      }
      chunks.add(bytes);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Says how it ends; only the first word counts. */
  void end(Next ending) {
    lock.lock();
    try {
      if (last.isEmpty()) {
        last = Optional.of(ending);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next piece, or how it ended once all pieces are read. */
  Next read(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (chunks.isEmpty() && last.isEmpty()) {
        if (nanos <= 0) {
          return new Next.Silence();
        }
        nanos = changed.awaitNanos(nanos);
      }
      byte[] chunk = chunks.poll();
      changed.signalAll();
      return chunk == null ? last.orElseThrow() : new Next.Chunk(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** The reader leaves; the writer learns it at its next write. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return abandoned || last.isPresent();
  }
}
