package io.hotpod.server.heat;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.template.Language;
import io.hotpod.template.TemplateVersion;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The versions of the template language, and the functions that are there in each. */
final class TemplateVersionHandlers {
  private static final String PREFIX = "heat_template_version.";

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("template_versions");
    for (TemplateVersion version : TemplateVersion.values()) {
      ArrayNode aliases =
          list.addObject()
              .put("version", PREFIX + version.date())
              .put("type", "hot")
              .putArray("aliases");
      version.release().ifPresent(release -> aliases.add(PREFIX + release));
    }
    return Response.json(200, body);
  }

  Response functions(Request request) {
    String name = request.variable("version");
    Optional<TemplateVersion> version =
        name.startsWith(PREFIX)
            ? TemplateVersion.of(name.substring(PREFIX.length()))
            : Optional.empty();
    if (version.isEmpty()) {
      throw ApiException.notFound("The Template version (%s) could not be found.".formatted(name));
    }
    boolean withConditions = request.query().flag("with_condition_func", false);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("template_functions");
    for (Language.Function function : Language.Function.values()) {
      if (function.isInValuesOf(version.get())
          || (withConditions && function.isInConditionsOf(version.get()))) {
        list.addObject()
            .put("functions", function.keyword())
            .put("description", function.description());
      }
    }
    return Response.json(200, body);
  }
}
