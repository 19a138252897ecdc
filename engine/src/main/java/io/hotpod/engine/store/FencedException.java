package io.hotpod.engine.store;

/** Another owner has taken a stack over; whatever this one still wants to write is void. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FencedException(String stackId) {
    super("stack " + stackId + " was taken over by another owner");
  }
}
