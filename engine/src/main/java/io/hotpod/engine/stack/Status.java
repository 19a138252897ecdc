package io.hotpod.engine.stack;

/** How far an action is; Heat's names. */
public enum Status {
  IN_PROGRESS,
  COMPLETE,
  FAILED
}
