package io.hotpod.template.schema;

/** A value that is not of the type that it should be. */
final class UnfitValueException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitValueException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
