package io.hotpod.server.http;

/** Answers the requests of a route. Blocking; called from many virtual threads at once. */
@FunctionalInterface
public interface Handler {
  /**
   * Refusals are thrown as {@link ApiException} or {@link io.hotpod.engine.EngineException}.
   *
   * @throws InterruptedException when the server stops while the handler waits
   */
  Response handle(Request request) throws InterruptedException;
}
