package io.hotpod.engine.run;

import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.util.concurrent.locks.ReentrantLock;

/** Tells a running operation to stop starting things and to stop waiting. Thread-safe. */
final class StopSignal {
  /** Why. */
  enum Reason {
    NONE,
    /** A newer operation goes on from here. */
    SUPERSEDED,
    /** A step failed and the stack will be rolled back. */
    FAILED,
    /** The server goes down; the operation goes on later. */
    CLOSING
  }

  private final Wakeups wakeups;
  private final String topic;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Reason reason = Reason.NONE;

  StopSignal(Wakeups wakeups, String operationId) {
    this.wakeups = wakeups;
    this.topic = Topics.stop(operationId);
  }

  /** The first reason stays. */
  void stop(Reason why) {
    lock.lock();
    try {
      if (reason == Reason.NONE) {
        reason = why;
      }
    } finally {
      lock.unlock();
    }
    wakeups.wake(topic);
  }

  Reason reason() {
    return reason;
  }

  boolean isStopped() {
    return reason != Reason.NONE;
  }

  String topic() {
    return topic;
  }

  /** Ends a step where it is; nothing is recorded, whoever goes on does the step again. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("the operation was told to stop", null, false, false);
    }
  }
}
