package io.hotpod.engine.instance;

/** Whether an instance takes pods. */
public enum Drain {
  /** It does. */
  NONE,
  /** It takes no new ones; those that it has go on. */
  NO_NEW_PODS,
  /** The same, and those that it has are stopped until it is undrained. */
  PODS_STOPPED
}
