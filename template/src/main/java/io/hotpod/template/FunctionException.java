package io.hotpod.template;

/** A function cannot work with what it is given; the message never shows a value. */
final class FunctionException extends Exception {
  private static final long serialVersionUID = 1;

  FunctionException(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
