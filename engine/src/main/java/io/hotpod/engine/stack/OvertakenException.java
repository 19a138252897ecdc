package io.hotpod.engine.stack;

/**
 * A stack got another definition after it had been read; what was made of it is to be made anew.
 */
final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OvertakenException() {
    super("the stack was changed in between", null, false, false);
  }
}
