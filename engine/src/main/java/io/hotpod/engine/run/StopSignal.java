package io.hotpod.engine.run;

import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.util.ArrayList;
import java.util.List;
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
    /** Something broke that is not a resource's; the operation goes on when it is mended. */
    BROKEN,
    /** The server goes down; the operation goes on later. */
    CLOSING;

    /** Whether the same operation will do again what it was at. */
    boolean isToBeContinued() {
      return this == BROKEN || this == CLOSING;
    }
  }

  private final Wakeups wakeups;
  private final String topic;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<StopSignal> children = new ArrayList<>();
  private volatile Reason reason = Reason.NONE;
  private volatile boolean cancelled;

  StopSignal(Wakeups wakeups, String operationId) {
    this.wakeups = wakeups;
    this.topic = Topics.stop(operationId);
  }

  /** The first reason stays. */
  void stop(Reason why) {
    List<StopSignal> inside = List.of();
    lock.lock();
    try {
      if (reason == Reason.NONE) {
        reason = why;
        inside = List.copyOf(children);
      }
    } finally {
      lock.unlock();
    }
    inside.forEach(child -> child.stop(inside(why)));
    wakeups.wake(topic);
  }

  /** Lets nothing new begin, here and inside; what is begun goes on to its end. */
  void cancel() {
    List<StopSignal> inside;
    lock.lock();
    try {
      cancelled = true;
      inside = List.copyOf(children);
    } finally {
      lock.unlock();
    }
    inside.forEach(StopSignal::cancel);
    wakeups.wake(topic);
  }

  /** What a stop means for the stacks inside: whoever rolls this one back goes on with them. */
  private static Reason inside(Reason why) {
    return why == Reason.FAILED ? Reason.SUPERSEDED : why;
  }

  /** A signal for an operation inside of this one; it stops when this one does. */
  StopSignal child(String operationId) {
    StopSignal child = new StopSignal(wakeups, operationId);
    Reason now;
    boolean nothingNew;
    lock.lock();
    try {
      children.add(child);
      now = reason;
      nothingNew = cancelled;
    } finally {
      lock.unlock();
    }
    if (now != Reason.NONE) {
      child.stop(inside(now));
    }
    if (nothingNew) {
      child.cancel();
    }
    return child;
  }

  /** The operation inside has ended. */
  void forget(StopSignal child) {
    lock.lock();
    try {
      children.remove(child);
    } finally {
      lock.unlock();
    }
  }

  Reason reason() {
    return reason;
  }

  boolean isStopped() {
    return reason != Reason.NONE;
  }

  boolean isCancelled() {
    return cancelled;
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
