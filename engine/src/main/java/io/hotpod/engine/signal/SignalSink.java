package io.hotpod.engine.signal;

import tools.jackson.databind.node.ObjectNode;

/** Brings what machines say and ask to the resources. Thread-safe. */
public interface SignalSink {
  /**
   * Signals a physical resource.
   *
   * @param round what of it the signal is about, which may be over; empty for all of it
   */
  void signal(SignalTarget target, String round, ObjectNode details);

  /** The metadata of a resource. */
  ObjectNode metadata(SignalTarget target);
}
