package io.hotpod.engine.store;

/**
 * The database cannot be used at the moment. What was to be written is not written, or, when the
 * connection broke during a commit, it is not known whether it is. Trying again later is right.
 */
public final class DatabaseAwayException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * @param reason without anything that only the server's operator may know
   */
  public DatabaseAwayException(String reason) {
    super(reason);
  }

  DatabaseAwayException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
