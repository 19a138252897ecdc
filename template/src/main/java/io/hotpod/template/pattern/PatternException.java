package io.hotpod.template.pattern;

/** A pattern that cannot be used: malformed, or beyond what runs in linear time. */
public final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * @param position where in the pattern, in UTF-16 units from 0
   * @param message what is wrong there, without the position
   */
  public PatternException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** Where in the pattern, in UTF-16 units from 0. */
  public int position() {
    return position;
  }
}
