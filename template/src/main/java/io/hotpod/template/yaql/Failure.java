package io.hotpod.template.yaql;

/** What a function says when it cannot answer; the place is added where it was called. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mismatch;

  Failure(String message) {
    this(message, false);
  }

  /**
   * @param mismatch whether a function was given what it does not take
   */
  Failure(String message, boolean mismatch) {
    super(message, null, false, false);
    this.mismatch = mismatch;
  }

  boolean isMismatch() {
    return mismatch;
  }
}
