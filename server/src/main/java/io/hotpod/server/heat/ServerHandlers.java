package io.hotpod.server.heat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.servers.Server;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server says of itself, and of those beside it. */
final class ServerHandlers {
  private final Engine engine;
  private final Clock clock;
  private final String revision;

  ServerHandlers(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.revision =
        Optional.ofNullable(ServerHandlers.class.getPackage().getImplementationVersion())
            .orElse("unknown");
  }

  /** Version negotiation: 300 with the one version that there is. */
  Response versions(Request request) {
    ObjectNode body = Json.object();
    body.putArray("versions")
        .addObject()
        .put("id", "v1.0")
        .put("status", "CURRENT")
        .putArray("links")
        .add(Links.link("self", request.baseUri() + "/v1/"));
    return Response.json(300, body);
  }

  /** The same for a version that there is not. */
  Response unknownVersion(Request request) {
    String version = request.variable("version");
    if (version.length() > 1 && version.charAt(0) == 'v' && Character.isDigit(version.charAt(1))) {
      return versions(request);
    }
    throw new ApiException(404, "HTTPNotFound", "There is nothing under this URL.");
  }

  Response buildInfo(Request request) {
    ObjectNode body = Json.object();
    body.putObject("api").put("revision", revision);
    body.putObject("engine").put("revision", revision);
    return Response.json(200, body);
  }

  Response services(Request request) {
    ObjectNode body = Json.object();
    ArrayNode services = body.putArray("services");
    Instant now = clock.instant();
    engine.servers().forEach(each -> services.add(service(each, now)));
    return Response.json(200, body);
  }

  private static ObjectNode service(Server server, Instant now) {
    ObjectNode service = Json.object();
    service.put("id", server.id()).put("host", server.host()).put("hostname", server.host());
    service.put("binary", "hotpod").put("topic", "engine").put("engine_id", server.id());
    service.put("report_interval", Server.REPORTS_EVERY.toSeconds());
    service.put("created_at", Times.text(server.startedAt()));
    service.put("updated_at", Times.text(server.seenAt()));
    service.putNull("deleted_at").put("status", server.isUp(now) ? "up" : "down");
    return service;
  }

  /** The same in the words of OpenStack's own services. */
  Response healthCheck(Request request) {
    return new Response(200, Map.of(), new Response.Body.Text("text/plain; charset=UTF-8", "OK"));
  }

  /** The process answers. */
  Response healthy(Request request) {
    return Response.json(200, Json.object().put("status", "ok"));
  }
}
