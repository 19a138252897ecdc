package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.KeptAnswers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a request with an {@code Idempotency-Key} again that was answered before; for changes
 * that are no operations on stacks, of which the engine itself knows the keys. Thread-safe.
 */
public final class Repeatable {
  private final KeptAnswers answers;
  private final Callers callers;

  public Repeatable(KeptAnswers answers, Callers callers) {
    this.answers = requireNonNull(answers, "answers is null");
    this.callers = requireNonNull(callers, "callers is null");
  }

  /** A handler whose answers are kept. They are no streams. */
  public Handler of(Handler handler) {
    return request -> {
      Caller caller = callers.changing(request, request.body());
      return caller.idempotencyKey().isEmpty()
          ? handler.handle(request)
          : once(handler, request, caller);
    };
  }

  private Response once(Handler handler, Request request, Caller caller)
      throws InterruptedException {
    return switch (answers.begin(caller)) {
      case KeptAnswers.Known.Answered(ObjectNode answer) -> response(answer);
      case KeptAnswers.Known.Begun() ->
          throw new ApiException(
              409,
              "ActionInProgress",
              "A request with this Idempotency-Key was begun, and its answer is not known: it is"
                  + " being worked on, or the server ended meanwhile. Look at what is there; a new"
                  + " key asks anew.");
      case KeptAnswers.Known.Nothing() -> first(handler, request, caller);
    };
  }

  private Response first(Handler handler, Request request, Caller caller)
      throws InterruptedException {
    try {
      Response response = handler.handle(request);
      answers.end(caller, Optional.of(json(response)));
      return response;
    } catch (ApiException | EngineException refusal) {
      answers.end(caller, Optional.empty());
      throw refusal;
    }
  }

  private static ObjectNode json(Response response) {
    ObjectNode json = Json.object().put("status", response.status());
    ObjectNode headers = json.putObject("headers");
    response.headers().forEach(headers::put);
    switch (response.body()) {
      case Response.Body.Empty() -> {
        // There is nothing to keep.
      }
      case Response.Body.Text(String contentType, String text) ->
          json.put("content_type", contentType).put("text", text);
      case Response.Body.Stream stream ->
          throw new IllegalStateException("a stream cannot be given again: " + stream);
    }
    return json;
  }

  private static Response response(JsonNode answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    answer
        .path("headers")
        .propertyStream()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString("")));
    return new Response(
        answer.path("status").asInt(500),
        headers,
        answer.has("text")
            ? new Response.Body.Text(
                answer.path("content_type").asString(""), answer.path("text").asString(""))
            : new Response.Body.Empty());
  }
}
