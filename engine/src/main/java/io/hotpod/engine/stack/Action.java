package io.hotpod.engine.stack;

/** What is being done, or was done last, to a stack or a resource; Heat's names. */
public enum Action {
  INIT,
  CREATE,
  UPDATE,
  DELETE,
  ROLLBACK,
  SUSPEND,
  RESUME,
  CHECK,
  /** In events only: a resource was signalled. */
  SIGNAL
}
