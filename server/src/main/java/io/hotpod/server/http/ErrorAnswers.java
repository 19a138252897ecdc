package io.hotpod.server.http;

import io.hotpod.document.Problem;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.store.DatabaseAwayException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns refusals into answers of Heat's shape (its FaultWrapper). */
final class ErrorAnswers {
  private ErrorAnswers() {}

  static Response of(ApiException refusal) {
    ObjectNode body = body(refusal.status(), refusal.type(), message(refusal), List.of());
    Response answer = Response.json(refusal.status(), body);
    return new Response(answer.status(), refusal.headers(), answer.body());
  }

  static Response of(EngineException refusal) {
    int status = status(refusal.code().kind());
    return Response.json(
        status, body(status, refusal.code().heatType(), message(refusal), refusal.problems()));
  }

  /** The database is away; its operator finds more in the log. */
  static Response of(DatabaseAwayException away) {
    return of(
        new ApiException(
            503,
            "DatabaseUnavailable",
            "The server's database cannot be used at the moment: %s. Try again; what was accepted before goes on by itself."
                .formatted(away.getMessage()),
            Map.of("Retry-After", "5")));
  }

  /** Something of ours is broken; what it was is in the log under the request's id. */
  static Response internal(String requestId) {
    String message =
        "The server failed on this request; its log says why under %s.".formatted(requestId);
    return Response.json(500, body(500, "InternalServerError", message, List.of()));
  }

  /** A refusal before there was a request to speak of. */
  static String transport(int status, String message) {
    String type = "HTTP" + StatusText.of(status).title().replaceAll("[^A-Za-z]", "");
    return Json.write(body(status, type, message, List.of()));
  }

  private static int status(ErrorCode.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case UNPROCESSABLE -> 422;
      case UNAVAILABLE -> 503;
    };
  }

  private static String message(Exception refusal) {
    return Objects.requireNonNullElse(refusal.getMessage(), "");
  }

  private static ObjectNode body(int status, String type, String message, List<Problem> problems) {
    StatusText text = StatusText.of(status);
    ObjectNode body = Json.object();
    body.put("code", status).put("title", text.title()).put("explanation", text.explanation());
    ObjectNode error = body.putObject("error");
    error.put("type", type).put("message", message).putNull("traceback");
    if (!problems.isEmpty()) {
      ArrayNode list = error.putArray("problems");
      problems.forEach(problem -> list.add(problem(problem)));
    }
    return body;
  }

  private static ObjectNode problem(Problem problem) {
    ObjectNode object = Json.object();
    problem
        .location()
        .ifPresentOrElse(
            place ->
                object
                    .put("file", place.file())
                    .put("line", place.line())
                    .put("column", place.column()),
            () -> object.putNull("file").putNull("line").putNull("column"));
    object.put("path", problem.path()).put("message", problem.message());
    problem
        .advice()
        .ifPresentOrElse(words -> object.put("advice", words), () -> object.putNull("advice"));
    return object;
  }
}
