package io.hotpod.engine.resource;

/** A resource could not be brought where it should be; the message is for people. */
public final class ResourceFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ResourceFailure(String message) {
    super(message);
  }
}
