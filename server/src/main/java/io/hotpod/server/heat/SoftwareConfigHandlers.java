package io.hotpod.server.heat;

import io.hotpod.engine.config.ConfigDocuments;
import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.stack.Caller;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.RequestFields;
import io.hotpod.server.http.Response;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Software configs. */
final class SoftwareConfigHandlers {
  private final SoftwareService software;
  private final Callers callers;

  SoftwareConfigHandlers(SoftwareService software, Callers callers) {
    this.software = software;
    this.callers = callers;
  }

  Response list(Request request) {
    Caller caller = callers.of(request);
    requireOwn(request);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("software_configs");
    for (SoftwareConfig config :
        software.configs(
            caller, StackSelection.limit(request.query()), request.query().last("marker"))) {
      list.addObject()
          .put("id", config.id())
          .put("name", config.name())
          .put("group", config.group())
          .put("creation_time", Times.text(config.createdAt()));
    }
    return Response.json(200, body);
  }

  private static void requireOwn(Request request) {
    if (request.query().flag("global_tenant", false)) {
      throw new ApiException(
          403,
          "Forbidden",
          "Software configs of all projects cannot be listed; leave out global_tenant.");
    }
  }

  Response create(Request request) {
    ObjectNode body = request.requiredBody();
    Caller caller = callers.changing(request, Optional.of(body));
    SoftwareConfig config =
        software.createConfig(
            caller,
            new SoftwareService.ConfigRequest(
                RequestFields.text(body, "name").orElse(""),
                RequestFields.text(body, "group").orElse(SoftwareConfig.UNGROUPED),
                config(body),
                list(body, "inputs"),
                list(body, "outputs"),
                SoftwareDeploymentHandlers.map(body, "options").orElseGet(Json::object)));
    return answer(config);
  }

  private static JsonNode config(ObjectNode body) {
    JsonNode config = RequestFields.value(body, "config").orElse(Json.NULL);
    if (!config.isNull() && !config.isString() && !config.isObject()) {
      throw ApiException.badRequest("\"config\" takes a string or a map.");
    }
    return config;
  }

  private static ArrayNode list(ObjectNode body, String field) {
    JsonNode value = RequestFields.value(body, field).orElseGet(Json::array);
    if (value instanceof ArrayNode list) {
      return list;
    }
    throw ApiException.badRequest("\"%s\" takes a list of maps.".formatted(field));
  }

  Response show(Request request) {
    return answer(software.config(callers.of(request), request.variable("config")));
  }

  private static Response answer(SoftwareConfig config) {
    ObjectNode body = Json.object();
    body.set("software_config", ConfigDocuments.shown(config));
    return Response.json(200, body);
  }

  Response delete(Request request) {
    software.deleteConfig(callers.changing(request, Optional.empty()), request.variable("config"));
    return Response.empty(204);
  }
}
