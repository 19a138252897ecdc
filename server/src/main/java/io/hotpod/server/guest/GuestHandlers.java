package io.hotpod.server.guest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import tools.jackson.databind.node.ObjectNode;

/** Heat's API as far as it is for machines. */
final class GuestHandlers {
  private static final HeaderName TOKEN = HeaderNames.create("X-Auth-Token");

  private final GuestService guests;

  GuestHandlers(GuestService guests) {
    this.guests = guests;
  }

  Response signal(Request request) {
    guests.signal(
        request.variable("project"),
        request.variable("id"),
        request.variable("resource"),
        token(request),
        request.body().orElseGet(Json::object));
    return Response.jsonNull();
  }

  Response metadata(Request request) {
    ObjectNode body = Json.object();
    body.set(
        "metadata",
        guests.metadata(
            request.variable("project"),
            request.variable("id"),
            request.variable("resource"),
            token(request)));
    return Response.json(200, body).with("Cache-Control", "no-store");
  }

  private static String token(Request request) {
    return request
        .header(TOKEN)
        .orElseThrow(
            () ->
                new ApiException(
                    401, "Unauthorized", "Send the token of the resource as X-Auth-Token."));
  }
}
