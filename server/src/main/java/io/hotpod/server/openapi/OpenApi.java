package io.hotpod.server.openapi;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Role;
import io.hotpod.server.access.RouteRules;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.http.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.1 description of the server: every route of the router with who may use it by the
 * rules of access, and what two tables beside this class say of its words and bodies.
 */
public final class OpenApi {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final String JSON = "application/json";

  private final JsonNode operations = table("operations.yaml");
  private final JsonNode schemas = table("schemas.yaml");

  private OpenApi() {}

  /** Adds the route under which the description stands; it tells of itself too. */
  public static void addTo(Router router) {
    router.add("GET", "/openapi.json", new Described(router)::answer);
  }

  /** Described when first asked for: every route has been added by then. */
  private static final class Described {
    private final Router router;
    private volatile String text = "";

    Described(Router router) {
      this.router = router;
    }

    Response answer(Request request) {
      if (text.isEmpty()) {
        text = Json.write(describe(router.routes()));
      }
      return Response.jsonText(200, text).with("Cache-Control", "max-age=300");
    }
  }

  /**
   * Describes routes.
   *
   * @param routes each by method and pattern, such as {@code GET /v1/{project}/stacks}
   */
  public static ObjectNode describe(List<String> routes) {
    return new OpenApi().document(routes);
  }

  /** The routes that the table of words tells of. */
  public static Set<String> told() {
    return Set.copyOf(table("operations.yaml").propertyNames());
  }

  private static JsonNode table(String name) {
    try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the table " + name + " is missing");
      }
      return new DocumentReader(Limits.DEFAULT).read(name, in.readAllBytes()).toJson();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + name, e);
    }
  }

  private ObjectNode document(List<String> routes) {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Hotpod")
        .put("version", "1")
        .put(
            "description",
            "The OpenStack Heat API, and what Hotpod has beside it. Refusals have Heat's shape, or"
                + " that of RFC 9457 for who accepts application/problem+json.");
    ObjectNode paths = document.putObject("paths");
    for (String route : routes) {
      String[] parts = route.split(" ", 2);
      ObjectNode path =
          paths.get(parts[1]) instanceof ObjectNode present ? present : paths.putObject(parts[1]);
      path.set(parts[0].toLowerCase(Locale.ROOT), operation(parts[0], parts[1]));
    }
    ObjectNode components = document.putObject("components");
    ObjectNode all = components.putObject("schemas");
    schemas.propertyStream().forEach(each -> all.set(each.getKey(), linked(each.getValue())));
    security(components.putObject("securitySchemes"));
    return document;
  }

  private static void security(ObjectNode schemes) {
    schemes
        .putObject("token")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-Auth-Token");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes.putObject("basic").put("type", "http").put("scheme", "basic");
  }

  private ObjectNode operation(String method, String pattern) {
    JsonNode told = operations.path(method + " " + pattern);
    Permission permission = RouteRules.of(method, pattern);
    ObjectNode operation = Json.object();
    operation.put("operationId", id(method, pattern));
    operation.put("summary", told.path("does").asString(method + " " + pattern));
    operation.put("description", who(permission));
    ArrayNode parameters = operation.putArray("parameters");
    Matcher variable = VARIABLE.matcher(pattern);
    while (variable.find()) {
      parameters.add(parameter(variable.group(1), "path").put("required", true));
    }
    told.path("query")
        .valueStream()
        .forEach(name -> parameters.add(parameter(name.asString(""), "query")));
    told.path("headers")
        .valueStream()
        .forEach(name -> parameters.add(parameter(name.asString(""), "header")));
    if (told.has("takes")) {
      content(operation.putObject("requestBody"), JSON, told.path("takes").asString(""));
    }
    if (told.has("reads")) {
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject(told.path("reads").asString(""));
    }
    responses(operation.putObject("responses"), told);
    ArrayNode security = operation.putArray("security");
    if (permission.needsPrincipal()) {
      List.of("token", "bearer", "basic").forEach(each -> security.addObject().putArray(each));
    }
    return operation;
  }

  private static void responses(ObjectNode responses, JsonNode told) {
    for (Map.Entry<String, JsonNode> each : told.path("gives").properties()) {
      ObjectNode response = response(responses, each.getKey());
      if (each.getValue().isString()) {
        content(response, JSON, each.getValue().stringValue());
      }
    }
    if (told.has("streams")) {
      content(response(responses, "200"), "text/event-stream", told.path("streams").asString(""));
    }
    if (told.has("writes")) {
      response(responses, "200").putObject("content").putObject(told.path("writes").asString(""));
    }
    ObjectNode refusal = response(responses, "default").put("description", "Refused");
    ObjectNode content = refusal.putObject("content");
    if (told.has("refuses")) {
      content.putObject("text/xml");
      content.putObject(JSON).set("schema", reference(told.path("refuses").asString("")));
      return;
    }
    content.putObject(JSON).set("schema", reference("Refusal"));
    content.putObject("application/problem+json").set("schema", reference("ProblemDetails"));
  }

  private static ObjectNode response(ObjectNode responses, String status) {
    return responses.putObject(status).put("description", "Answered");
  }

  private static void content(ObjectNode place, String type, String schema) {
    place.putObject("content").putObject(type).set("schema", reference(schema));
  }

  private static ObjectNode parameter(String name, String in) {
    ObjectNode parameter = Json.object().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private static String who(Permission permission) {
    return switch (permission) {
      case PUBLIC -> "Open to everyone.";
      case OWN_CREDENTIAL -> "For who shows a credential of its own, such as an instance's.";
      case NOBODY -> "Open to nobody.";
      case READ, READ_INSIDE, READ_ALL, CHANGE, CHANGE_INSIDE, CONVERSE, ADMINISTER ->
          permission.roles().stream()
              .sorted()
              .map(Role::text)
              .collect(Collectors.joining(", ", "Needs one of the roles ", " in the project."));
    };
  }

  /** Such as {@code get_stacks_name_id}. */
  private static String id(String method, String pattern) {
    String words = pattern.replaceFirst("^/v1/\\{project}", "").replaceAll("[^a-zA-Z0-9]+", "_");
    return (method.toLowerCase(Locale.ROOT) + "_" + words)
        .replaceAll("_+", "_")
        .replaceAll("_$", "");
  }

  /** Short references become those of the document. */
  private static JsonNode linked(JsonNode schema) {
    if (schema.isObject()) {
      ObjectNode object = Json.object();
      schema
          .propertyStream()
          .forEach(
              each ->
                  object.set(
                      each.getKey(),
                      each.getKey().equals("$ref")
                          ? reference(each.getValue().asString("")).path("$ref")
                          : linked(each.getValue())));
      return object;
    }
    if (schema.isArray()) {
      ArrayNode list = Json.array();
      schema.valueStream().forEach(each -> list.add(linked(each)));
      return list;
    }
    return schema;
  }

  private static ObjectNode reference(String name) {
    return Json.object().put("$ref", "#/components/schemas/" + name);
  }
}
