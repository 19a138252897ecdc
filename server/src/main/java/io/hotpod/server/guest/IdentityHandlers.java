package io.hotpod.server.guest;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** As much of Keystone's API as the users need that are made for resources. */
final class IdentityHandlers {
  /** After that long a client logs in again; the token itself lives as long as its resource. */
  private static final Duration VALIDITY = Duration.ofHours(1);

  private static final String ROLE = "heat_stack_user";
  private static final String ROLE_ID = "stack";

  private final GuestService guests;
  private final Clock clock;

  IdentityHandlers(GuestService guests, Clock clock) {
    this.guests = guests;
    this.clock = clock;
  }

  Response version(Request request) {
    ObjectNode body = Json.object();
    ObjectNode version = body.putObject("version");
    version.put("id", "v3.14").put("status", "stable").put("updated", "2020-04-07T00:00:00Z");
    version
        .putArray("links")
        .addObject()
        .put("rel", "self")
        .put("href", request.baseUri() + request.rawPath() + "/");
    version.putArray("media-types");
    return Response.json(200, body);
  }

  Response login(Request request) {
    JsonNode user =
        request.requiredBody().path("auth").path("identity").path("password").path("user");
    String id = user.path("id").asString("");
    try {
      GuestService.Session session = guests.login(id, user.path("password").asString(""));
      return Response.json(201, body(session, "password"))
          .with("X-Subject-Token", session.token())
          .with("Cache-Control", "no-store");
    } catch (EngineException refusal) {
      throw refused();
    }
  }

  /**
   * Keystone's {@code ec2tokens}: a request that was signed with an access key is told of, and the
   * token of the key's user is given for it. Signature Version 2 alone is known, with HmacSHA256 as
   * in Keystone.
   */
  Response loginBySignature(Request request) {
    GuestService.Session session = session(request.requiredBody());
    return Response.json(200, body(session, "ec2credential"))
        .with("X-Subject-Token", session.token())
        .with("Cache-Control", "no-store");
  }

  /** The same as clients of Keystone's older API ask for it. */
  Response loginBySignatureVersion2(Request request) {
    return Response.json(200, bodyVersion2(session(request.requiredBody())))
        .with("Cache-Control", "no-store");
  }

  private GuestService.Session session(ObjectNode body) {
    JsonNode told = body.path(body.has("credentials") ? "credentials" : "ec2Credentials");
    if (!told.path("access").isString() || !told.path("signature").isString()) {
      throw ApiException.badRequest(
          "The body needs \"credentials\" with access, signature, verb, host, path and params.");
    }
    Map<String, String> parameters = new HashMap<>();
    told.path("params")
        .propertyStream()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asString("")));
    if (!parameters.getOrDefault("SignatureVersion", "").equals("2")
        || !parameters
            .getOrDefault("SignatureMethod", SignedText.METHOD)
            .equals(SignedText.METHOD)) {
      throw refused();
    }
    String signed =
        SignedText.of(
            told.path("verb").asString(""),
            told.path("host").asString(""),
            told.path("path").asString(""),
            parameters);
    try {
      return guests.login(
          told.path("access").asString(""), signed, told.path("signature").asString(""));
    } catch (EngineException refusal) {
      throw refused();
    }
  }

  private static ApiException refused() {
    return new ApiException(
        401, "Unauthorized", "The request you have made requires authentication.");
  }

  private ObjectNode body(GuestService.Session session, String method) {
    ObjectNode body = Json.object();
    ObjectNode token = body.putObject("token");
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    token.putArray("methods").add(method);
    token.put("issued_at", now.toString()).put("expires_at", now.plus(VALIDITY).toString());
    named(token.putObject("user"), session.userId());
    named(token.putObject("project"), session.project());
    token.putArray("roles").addObject().put("id", ROLE_ID).put("name", ROLE);
    ObjectNode heat =
        token
            .putArray("catalog")
            .addObject()
            .put("id", "heat")
            .put("name", "heat")
            .put("type", "orchestration");
    heat.putArray("endpoints")
        .addObject()
        .put("id", "heat")
        .put("interface", "public")
        .put("region", "RegionOne")
        .put("region_id", "RegionOne")
        .put("url", session.heatUrl());
    return body;
  }

  private ObjectNode bodyVersion2(GuestService.Session session) {
    ObjectNode body = Json.object();
    ObjectNode access = body.putObject("access");
    ObjectNode token = access.putObject("token");
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    token.put("id", session.token()).put("issued_at", now.toString());
    token.put("expires", now.plus(VALIDITY).toString());
    token
        .putObject("tenant")
        .put("id", session.project())
        .put("name", session.project())
        .put("enabled", true);
    ObjectNode user = access.putObject("user");
    user.put("id", session.userId()).put("name", session.userId());
    user.put("username", session.userId());
    user.putArray("roles").addObject().put("name", ROLE);
    user.putArray("roles_links");
    ObjectNode metadata = access.putObject("metadata").put("is_admin", 0);
    metadata.putArray("roles").add(ROLE_ID);
    ObjectNode heat =
        access
            .putArray("serviceCatalog")
            .addObject()
            .put("name", "heat")
            .put("type", "orchestration");
    heat.putArray("endpoints_links");
    heat.putArray("endpoints")
        .addObject()
        .put("id", "heat")
        .put("region", "RegionOne")
        .put("publicURL", session.heatUrl())
        .put("internalURL", session.heatUrl())
        .put("adminURL", session.heatUrl());
    return body;
  }

  private static void named(ObjectNode object, String id) {
    object.put("id", id).put("name", id);
    object.putObject("domain").put("id", "default").put("name", "Default");
  }
}
