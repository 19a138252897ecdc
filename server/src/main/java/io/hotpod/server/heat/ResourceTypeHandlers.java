package io.hotpod.server.heat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.template.schema.GeneratedTemplate;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SchemaJson;
import io.hotpod.template.schema.SupportStatus;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The resource types that templates can use. */
final class ResourceTypeHandlers {
  private final StackService stacks;
  private final Callers callers;

  ResourceTypeHandlers(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  Response list(Request request) {
    callers.of(request);
    Query query = request.query();
    boolean withDescription = query.flag("with_description", false);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("resource_types");
    for (String name : named(query)) {
      ResourceSchema schema = stacks.resourceType(name);
      if (!isWanted(query, schema)) {
        continue;
      }
      if (withDescription) {
        list.addObject().put("resource_type", name).put("description", schema.description());
      } else {
        list.add(name);
      }
    }
    return Response.json(200, body);
  }

  Response show(Request request) {
    callers.of(request);
    boolean withDescription = request.query().flag("with_description", false);
    ObjectNode answer = SchemaJson.describe(shown(request));
    if (!withDescription) {
      answer.remove("description");
    }
    return Response.json(200, answer);
  }

  Response template(Request request) {
    callers.of(request);
    String language = request.query().last("template_type").orElse("cfn");
    return switch (language) {
      case "hot" -> Response.json(200, GeneratedTemplate.hot(shown(request)));
      case "cfn" -> Response.json(200, GeneratedTemplate.cloudFormation(shown(request)));
      default ->
          throw ApiException.badRequest(
              "Template type is not supported: %s. Allowed types are: cfn, hot."
                  .formatted(language));
    };
  }

  /** Types that are not shown any more go on working in templates. */
  private ResourceSchema shown(Request request) {
    ResourceSchema schema = stacks.resourceType(request.variable("type"));
    if (isHidden(schema)) {
      throw ApiException.badRequest(
          "The Resource Type (%s) is not shown.".formatted(schema.type()));
    }
    return schema;
  }

  private static boolean isHidden(ResourceSchema schema) {
    return schema.support().status() == SupportStatus.Status.HIDDEN;
  }

  /** A name filter is a pattern that matches from the start; a broken one matches nothing. */
  private List<String> named(Query query) {
    List<String> names = stacks.resourceTypes();
    Optional<String> wanted = query.last("name");
    if (wanted.isEmpty()) {
      return names;
    }
    try {
      Pattern pattern = Pattern.compile(wanted.get());
      return names.stream().filter(name -> pattern.matcher(name).lookingAt()).toList();
    } catch (PatternSyntaxException broken) {
      return List.of();
    }
  }

  private static boolean isWanted(Query query, ResourceSchema schema) {
    return !isHidden(schema)
        && query
            .last("support_status")
            .map(wanted -> wanted.equals(schema.support().status().name()))
            .orElse(true)
        && query
            .last("version")
            .map(wanted -> wanted.equals(schema.support().version()))
            .orElse(true);
  }
}
