package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refusals in the shape of RFC 9457, for who accepts it: what, where and what to do, without what
 * only Heat's clients look for.
 */
final class ProblemDetails {
  private static final String TYPE = "application/problem+json";

  private ProblemDetails() {}

  /** Whether a client says that it understands the shape. */
  static boolean wantedBy(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.ACCEPT)
        .filter(each -> each.contains(TYPE))
        .isPresent();
  }

  /** An answer as it is, or a refusal in the other shape. */
  static Response of(Response answer, String requestId) {
    if (answer.status() < 400
        || !(answer.body() instanceof Response.Body.Text(String type, String text))
        || !type.equals("application/json")) {
      return answer;
    }
    JsonNode refusal = Json.read(text.getBytes(UTF_8));
    if (!refusal.has("error")) {
      return answer;
    }
    JsonNode error = refusal.path("error");
    ObjectNode details = Json.object();
    details.put("type", "about:blank");
    details.put("title", refusal.path("title").asString(""));
    details.put("status", answer.status());
    details.put("detail", error.path("message").asString(""));
    details.put("instance", requestId);
    details.put("code", error.path("type").asString(""));
    if (error.has("problems")) {
      details.set("problems", error.path("problems"));
    }
    return new Response(
        answer.status(), answer.headers(), new Response.Body.Text(TYPE, Json.write(details)));
  }
}
