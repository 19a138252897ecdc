package io.hotpod.server.heat;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the server says of itself. */
final class ServerHandlers {
  private static final int REPORT_SECONDS = 60;

  private final Clock clock;
  private final Instant startedAt;
  private final String revision;

  ServerHandlers(Clock clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
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
    ObjectNode service = body.putArray("services").addObject();
    service.put("id", "1").put("host", "localhost").put("hostname", "localhost");
    service.put("binary", "hotpod").put("topic", "engine").put("engine_id", "1");
    service.put("report_interval", REPORT_SECONDS);
    service.put("created_at", Times.text(startedAt));
    service.put("updated_at", Times.text(clock.instant()));
    service.putNull("deleted_at").put("status", "up");
    return Response.json(200, body);
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
