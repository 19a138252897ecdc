package io.hotpod.template;

/** A value that does not fit a parameter; the message never holds the value of a hidden one. */
final class ParameterValueException extends Exception {
  private static final long serialVersionUID = 1;

  ParameterValueException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
