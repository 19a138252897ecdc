package io.hotpod.server.heat;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.ResourceDetails;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Resources of a stack. */
final class ResourceHandlers {
  private static final Set<String> OPTIONS = Set.of("nested_depth", "with_detail");

  /** Filters that match a whole value; {@code type} matches a part. */
  private static final Map<String, Function<ResourceRecord, String>> FILTERS =
      Map.of(
          "status", resource -> resource.status().name(),
          "name", ResourceRecord::name,
          "action", resource -> resource.action().name(),
          "id", ResourceRecord::id,
          "physical_resource_id", resource -> resource.physicalId().orElse(""));

  private static final String TYPE = "type";

  private final StackService stacks;
  private final Callers callers;

  ResourceHandlers(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  Response list(Request request) {
    Caller caller = callers.of(request);
    Query query = request.query();
    requireKnown(query);
    int depth = query.integer("nested_depth").orElse(0);
    boolean withDetail = query.flag("with_detail", false);
    Stack stack = Stacks.any(stacks, caller, request);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("resources");
    Map<String, ResourceDetails> details = new HashMap<>();
    for (NestedResources.Found found : NestedResources.of(stacks, caller, stack, depth)) {
      if (matches(found.resource(), query)) {
        ObjectNode item =
            ResourceJson.item(
                found.resource(), found.requiredBy(), Links.of(request, found.stack()));
        if (withDetail) {
          addDetail(
              item,
              found.resource().name(),
              details.computeIfAbsent(
                  found.stack().id(), id -> stacks.resourceDetails(caller, id)));
        }
        place(item, request, found.stack(), found.inside());
        list.add(item);
      }
    }
    return Response.json(200, body);
  }

  private static void addDetail(ObjectNode item, String name, ResourceDetails details) {
    ResourceJson.addDetail(item, details.description(name), shown(details.attributes(name)));
  }

  /** Where a resource stands in a tree of stacks, and which stack it is. */
  private static void place(ObjectNode item, Request request, Stack stack, Optional<Stack> inside) {
    stack.nesting().ifPresent(nesting -> item.put("parent_resource", nesting.resource()));
    if (item.get("links") instanceof ArrayNode links) {
      inside.ifPresent(
          nested -> links.add(Links.link("nested", Links.of(request, nested).stackUri())));
    }
  }

  Response show(Request request) {
    Caller caller = callers.of(request);
    Stack stack = Stacks.live(stacks, caller, request);
    String name = request.variable("resource");
    ResourceRecord resource = stacks.resource(caller, stack.id(), name);
    ResourceDetails details = stacks.resourceDetails(caller, stack.id());
    JsonNode all = details.attributes(name);
    ObjectNode attributes = shown(all);
    for (String wanted : request.query().all("with_attr")) {
      attributes.set(wanted, all.path(wanted).isMissingNode() ? Json.NULL : all.path(wanted));
    }
    ObjectNode item =
        ResourceJson.item(
            resource, stacks.requiredBy(caller, stack.id(), name), Links.of(request, stack));
    ResourceJson.addDetail(item, details.description(name), attributes);
    place(item, request, stack, NestedResources.nested(stacks, caller, resource));
    ObjectNode body = Json.object();
    body.set("resource", item);
    return Response.json(200, body);
  }

  Response metadata(Request request) {
    Caller caller = callers.of(request);
    Stack stack = Stacks.live(stacks, caller, request);
    ObjectNode body = Json.object();
    body.set("metadata", stacks.metadata(caller, stack.id(), request.variable("resource")));
    return Response.json(200, body);
  }

  Response signal(Request request) {
    Optional<ObjectNode> details = request.body();
    Caller caller = callers.changing(request, details);
    Stack stack = Stacks.live(stacks, caller, request);
    stacks.signal(
        caller, stack.id(), request.variable("resource"), details.orElseGet(Json::object));
    return Response.jsonNull();
  }

  /** All attributes, or the map in the one called {@code show} where a type has that. */
  private static ObjectNode shown(JsonNode attributes) {
    JsonNode shown = attributes.path("show").isObject() ? attributes.path("show") : attributes;
    return shown.isObject() ? ((ObjectNode) shown).deepCopy() : Json.object();
  }

  private static void requireKnown(Query query) {
    List<String> unknown = new ArrayList<>();
    for (String name : query.names()) {
      if (!OPTIONS.contains(name) && !FILTERS.containsKey(name) && !name.equals(TYPE)) {
        unknown.add("'" + name + "'");
      }
    }
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest("Invalid filter parameters " + unknown);
    }
  }

  private static boolean matches(ResourceRecord resource, Query query) {
    for (Map.Entry<String, Function<ResourceRecord, String>> filter : FILTERS.entrySet()) {
      List<String> wanted = query.all(filter.getKey());
      if (!wanted.isEmpty() && !wanted.contains(filter.getValue().apply(resource))) {
        return false;
      }
    }
    List<String> types = query.all(TYPE);
    return types.isEmpty() || types.stream().anyMatch(part -> resource.type().contains(part));
  }
}
