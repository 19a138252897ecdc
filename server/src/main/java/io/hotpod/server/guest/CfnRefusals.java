package io.hotpod.server.guest;

import io.hotpod.engine.EngineException;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Refusals of the CloudFormation API, in its own shape: XML, or JSON for who asks for that. */
final class CfnRefusals {
  /** Codes of the API itself; everything else is told by its status. */
  private static final Set<String> CODES =
      Set.of("InvalidAction", "MissingParameter", "IncompleteSignature");

  private CfnRefusals() {}

  /** A handler whose refusals have that shape. */
  static Handler of(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (ApiException refusal) {
        String code = CODES.contains(refusal.type()) ? refusal.type() : code(refusal.status());
        return refusal(request, refusal.status(), code, refusal);
      } catch (EngineException refusal) {
        int status =
            switch (refusal.code().kind()) {
              case FORBIDDEN -> 403;
              case NOT_FOUND, INVALID, CONFLICT, UNPROCESSABLE -> 400;
              case UNAVAILABLE -> 503;
            };
        return refusal(request, status, code(status), refusal);
      }
    };
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "MissingAuthenticationToken";
      case 403 -> "AccessDenied";
      case 503 -> "ServiceUnavailable";
      default -> status < 500 ? "InvalidParameterValue" : "InternalFailure";
    };
  }

  private static Response refusal(
      Request request, int status, String code, RuntimeException refusal) {
    String message = Objects.requireNonNullElse(refusal.getMessage(), "");
    String side = status < 500 ? "Sender" : "Server";
    if (request.query().last("ContentType").orElse("").equals("JSON")) {
      ObjectNode body = Json.object();
      body.putObject("ErrorResponse")
          .putObject("Error")
          .put("Type", side)
          .put("Code", code)
          .put("Message", message);
      return Response.json(status, body);
    }
    String text =
        """
        <ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"""
            .formatted(side, code, CfnHandlers.escape(message));
    return new Response(status, Map.of(), new Response.Body.Text("text/xml", text));
  }
}
