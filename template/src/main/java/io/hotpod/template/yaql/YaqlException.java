package io.hotpod.template.yaql;

/** An expression that cannot be read or evaluated. */
public final class YaqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final boolean mismatch;

  /**
   * @param position where in the expression, in UTF-16 units from 0
   * @param message what is wrong there, without the position
   */
  public YaqlException(int position, String message) {
    this(position, message, false);
  }

  /**
   * @param mismatch whether a function was given what it does not take
   */
  YaqlException(int position, String message, boolean mismatch) {
    super(message);
    this.position = position;
    this.mismatch = mismatch;
  }

  /** Where in the expression, in UTF-16 units from 0. */
  public int position() {
    return position;
  }

  boolean isMismatch() {
    return mismatch;
  }
}
