package io.hotpod.engine.secret;

/** A stored text cannot be decrypted. */
public final class UnreadableException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  UnreadableException(String place, String reason) {
    super("cannot read %s in the database: %s".formatted(place, reason));
  }

  UnreadableException(String place, String reason, Throwable cause) {
    super("cannot read %s in the database: %s".formatted(place, reason), cause);
  }
}
