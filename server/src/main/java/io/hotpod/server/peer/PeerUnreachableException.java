package io.hotpod.server.peer;

/** Another server cannot be asked; the message says which, where and what to do. */
public final class PeerUnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  PeerUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }

  PeerUnreachableException(String message) {
    super(message);
  }
}
