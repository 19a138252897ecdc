package io.hotpod.document;

/** A scalar that has no value here, such as an infinity. */
final class UnreadableScalarException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadableScalarException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
