package io.hotpod.engine.signal;

import tools.jackson.databind.node.ObjectNode;

/** Brings what machines say and ask to the resources. Thread-safe. */
public interface SignalSink {
  /** Signals a physical resource. */
  void signal(SignalTarget target, ObjectNode details);

  /** The metadata of a resource. */
  ObjectNode metadata(SignalTarget target);
}
