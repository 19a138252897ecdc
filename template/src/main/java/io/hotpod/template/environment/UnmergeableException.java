package io.hotpod.template.environment;

/** Two values of a parameter cannot be joined; the reason quotes neither. */
final class UnmergeableException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnmergeableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
