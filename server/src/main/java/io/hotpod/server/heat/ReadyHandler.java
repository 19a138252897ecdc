package io.hotpod.server.heat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether requests would be answered: asks the store something cheap. */
final class ReadyHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyHandler.class);
  private static final Caller NOBODY = Caller.of("");

  private final Engine engine;

  ReadyHandler(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Response handle(Request request) {
    Optional<String> problem = engine.problem();
    if (problem.isPresent()) {
      throw notReady("The database cannot be used: " + problem.get() + ".");
    }
    try {
      engine.stacks().count(NOBODY, StackFilter.ALL);
      return Response.json(200, Json.object().put("status", "ready"));
    } catch (RuntimeException e) {
      LOG.warn("not ready: the store does not answer", e);
      throw notReady("The store does not answer; the server's log says why.");
    }
  }

  private static ApiException notReady(String message) {
    return new ApiException(503, "NotReady", message, Map.of("Retry-After", "5"));
  }
}
