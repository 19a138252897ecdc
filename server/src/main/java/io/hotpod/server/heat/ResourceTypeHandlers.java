package io.hotpod.server.heat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The resource types that templates can use. */
final class ResourceTypeHandlers {
  private static final String SUPPORTED = "SUPPORTED";

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
      if (!matchesStatus(query, name)) {
        continue;
      }
      if (withDescription) {
        list.addObject()
            .put("resource_type", name)
            .put("description", schema(name).path("description").asString(""));
      } else {
        list.add(name);
      }
    }
    return Response.json(200, body);
  }

  Response show(Request request) {
    callers.of(request);
    boolean withDescription = request.query().flag("with_description", false);
    JsonNode schema = schema(request.variable("type"));
    if (!withDescription && schema.isObject() && schema.has("description")) {
      ObjectNode without = ((ObjectNode) schema).deepCopy();
      without.remove("description");
      return Response.json(200, without);
    }
    return Response.json(200, schema);
  }

  private JsonNode schema(String name) {
    return stacks.resourceType(name);
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

  private boolean matchesStatus(Query query, String name) {
    return query
        .last("support_status")
        .map(
            wanted ->
                wanted.equals(
                    schema(name).path("support_status").path("status").asString(SUPPORTED)))
        .orElse(true);
  }
}
