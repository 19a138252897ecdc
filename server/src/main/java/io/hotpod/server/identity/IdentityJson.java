package io.hotpod.server.identity;

import io.hotpod.server.access.Role;
import io.hotpod.server.http.Json;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The shapes of Keystone's answers. Names are ids, and there is one domain. */
final class IdentityJson {
  static final String DOMAIN_ID = "default";
  private static final String DOMAIN_NAME = "Default";
  private static final String REGION = "RegionOne";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private IdentityJson() {}

  /** The one version that there is. */
  static ObjectNode version(String baseUri) {
    ObjectNode version = Json.object();
    version.put("id", "v3.14").put("status", "stable").put("updated", "2020-04-07T00:00:00Z");
    version
        .putArray("links")
        .addObject()
        .put("rel", "self")
        .put("href", baseUri + IdentityApi.V3 + "/");
    version
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.identity-v3+json");
    return version;
  }

  /** What a token says, in full. */
  static ObjectNode token(SignedToken token, User user, String baseUri, boolean withCatalog) {
    ObjectNode body = Json.object();
    body.set("methods", Json.strings(token.methods()));
    ObjectNode holder = body.putObject("user");
    holder.put("id", user.name()).put("name", user.name()).putNull("password_expires_at");
    holder.set("domain", domain());
    body.set("audit_ids", Json.strings(List.of(token.id())));
    body.put("issued_at", time(token.issuedAt())).put("expires_at", time(token.expiresAt()));
    token
        .project()
        .ifPresent(
            project -> {
              body.set("project", project(project));
              body.put("is_domain", false);
              ArrayNode roles = body.putArray("roles");
              IdentityTokens.roles(user, project).stream()
                  .sorted()
                  .map(Role::text)
                  .forEach(role -> roles.addObject().put("id", role).put("name", role));
              if (withCatalog) {
                body.set("catalog", catalog(project, baseUri));
              }
            });
    return body;
  }

  /** A project as it stands in a token. */
  private static ObjectNode project(String name) {
    ObjectNode project = Json.object().put("id", name).put("name", name);
    project.set("domain", domain());
    return project;
  }

  /** Projects as they are listed. */
  static ObjectNode projects(User user, String baseUri) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("projects");
    for (String name : user.projects().keySet()) {
      ObjectNode project = list.addObject();
      project.put("id", name).put("name", name).put("description", "").put("enabled", true);
      project.put("is_domain", false).put("domain_id", DOMAIN_ID).put("parent_id", DOMAIN_ID);
      project.putArray("tags");
      project.putObject("options");
      project.putObject("links").put("self", baseUri + IdentityApi.V3 + "/projects/" + name);
    }
    links(body);
    return body;
  }

  static void links(ObjectNode body) {
    body.putObject("links").putNull("next").putNull("previous").putNull("self");
  }

  /** Where the services are for who works in a project. */
  static ArrayNode catalog(String project, String baseUri) {
    ArrayNode catalog = Json.array();
    catalog.add(service("orchestration", "heat", baseUri + "/v1/" + project));
    catalog.add(service("identity", "keystone", baseUri + IdentityApi.V3));
    return catalog;
  }

  private static ObjectNode service(String type, String name, String url) {
    ObjectNode service = Json.object();
    service.put("type", type).put("name", name).put("id", id(type));
    ArrayNode endpoints = service.putArray("endpoints");
    for (String reach : List.of("public", "internal", "admin")) {
      endpoints
          .addObject()
          .put("id", id(type + reach))
          .put("interface", reach)
          .put("region", REGION)
          .put("region_id", REGION)
          .put("url", url);
    }
    return service;
  }

  private static String id(String of) {
    return Secrets.digest(of).substring(0, 32);
  }

  private static ObjectNode domain() {
    return Json.object().put("id", DOMAIN_ID).put("name", DOMAIN_NAME);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
