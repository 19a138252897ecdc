package io.hotpod.server.instance;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.JoinToken;
import io.hotpod.server.heat.Times;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.RequestFields;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Instances, and the tokens with which they join. */
final class InstanceHandlers {
  private static final int DEFAULT_MINUTES = 60;
  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  private final InstanceService instances;
  private final Callers callers;

  InstanceHandlers(InstanceService instances, Callers callers) {
    this.instances = instances;
    this.callers = callers;
  }

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("instances");
    instances.list(callers.of(request)).forEach(instance -> list.add(InstanceJson.full(instance)));
    return Response.json(200, body);
  }

  Response show(Request request) {
    ObjectNode body = Json.object();
    body.set(
        "instance",
        InstanceJson.full(instances.find(callers.of(request), request.variable("name"))));
    return Response.json(200, body);
  }

  Response remove(Request request) {
    instances.remove(
        callers.changing(request, Optional.empty()),
        request.variable("name"),
        request.query().flag("force", false));
    return Response.empty(204);
  }

  Response createJoinToken(Request request) {
    Optional<ObjectNode> body = request.body();
    int minutes =
        RequestFields.integer(body.orElseGet(Json::object), "valid_minutes")
            .orElse(DEFAULT_MINUTES);
    if (minutes < 1 || minutes > LONGEST_MINUTES) {
      throw ApiException.badRequest("valid_minutes takes 1 to %d.".formatted(LONGEST_MINUTES));
    }
    JoinToken token =
        instances.createJoinToken(callers.changing(request, body), Duration.ofMinutes(minutes));
    return Response.json(
            201,
            Json.object()
                .put("join_token", token.secret())
                .put("expires_at", Times.text(token.expiresAt())))
        .with("Cache-Control", "no-store");
  }
}
