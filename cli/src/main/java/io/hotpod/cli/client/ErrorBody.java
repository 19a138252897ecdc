package io.hotpod.cli.client;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads Heat's error body, and the places that our server adds to it. */
final class ErrorBody {
  private ErrorBody() {}

  static ApiException read(int status, JsonNode body) {
    JsonNode error = body.path("error");
    String message = error.path("message").asString("");
    if (message.isEmpty()) {
      message = body.path("explanation").asString("");
    }
    if (message.isEmpty()) {
      message = "the server refused this with HTTP " + status + " and gave no reason.";
    }
    List<Problem> problems = new ArrayList<>();
    for (JsonNode problem : error.path("problems")) {
      problems.add(problem(problem));
    }
    return new ApiException(status, error.path("type").asString(""), message, problems);
  }

  private static Problem problem(JsonNode problem) {
    int line = problem.path("line").asInt(0);
    int column = problem.path("column").asInt(0);
    String file = problem.path("file").asString("");
    Optional<Location> location =
        line > 0 && column > 0 ? Optional.of(new Location(file, line, column)) : Optional.empty();
    String advice = problem.path("advice").asString("");
    return new Problem(
        location,
        problem.path("path").asString(""),
        problem.path("message").asString(""),
        advice.isEmpty() ? Optional.empty() : Optional.of(advice));
  }
}
