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
  /** Keeps what a stack is, to be restored later. */
  SNAPSHOT,
  /** Brings a stack back to a snapshot. */
  RESTORE,
  /** Takes in what is there already. */
  ADOPT,
  /** In events only: a resource was signalled. */
  SIGNAL
}
