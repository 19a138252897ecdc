package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.PathText;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /stacks}: lists and counts. */
final class StackListHandlers {
  private final StackService stacks;
  private final Callers callers;
  private final Set<String> hiddenTags;

  /**
   * @param hiddenTags of stacks that are listed only on request
   */
  StackListHandlers(StackService stacks, Callers callers, Set<String> hiddenTags) {
    this.stacks = stacks;
    this.callers = callers;
    this.hiddenTags = Set.copyOf(hiddenTags);
  }

  Response list(Request request) {
    Caller caller = callers.of(request);
    Query query = request.query();
    if (query.flag("global_tenant", false)) {
      throw new ApiException(
          403, "Forbidden", "Stacks of all projects cannot be listed; leave out global_tenant.");
    }
    boolean withCount = query.flag("with_count", false);
    Optional<StackFilter> filter = StackSelection.read(query, caller.project(), hiddenTags);
    List<Stack> found = filter.map(which -> stacks.list(caller, which)).orElse(List.of());
    ObjectNode body = Json.object();
    body.set("stacks", items(request, found));
    if (withCount) {
      body.put("count", filter.map(which -> stacks.count(caller, which)).orElse(0L));
    }
    filter
        .flatMap(StackFilter::limit)
        .filter(limit -> found.size() >= limit)
        .ifPresent(
            limit ->
                body.putArray("links")
                    .add(Links.link("next", nextPage(request, found.getLast().id()))));
    return Response.json(200, body);
  }

  Response detail(Request request) {
    Caller caller = callers.of(request);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("stacks");
    for (Stack stack : stacks.list(caller, StackFilter.ALL)) {
      list.add(
          StackJson.showWithOutputs(
              stacks.details(caller, stack.id(), true), Links.of(request, stack)));
    }
    return Response.json(200, body);
  }

  private static ArrayNode items(Request request, List<Stack> found) {
    ArrayNode list = Json.array();
    found.forEach(stack -> list.add(StackJson.item(stack, Links.of(request, stack))));
    return list;
  }

  private static String nextPage(Request request, String lastId) {
    StringBuilder uri = new StringBuilder(request.baseUri()).append(request.rawPath()).append('?');
    Query query = request.query();
    for (String name : query.names()) {
      if (!name.equals("marker")) {
        query
            .all(name)
            .forEach(
                value ->
                    uri.append(parameter(name)).append('=').append(parameter(value)).append('&'));
      }
    }
    return uri.append("marker=").append(parameter(lastId)).toString();
  }

  private static String parameter(String text) {
    return PathText.encode(text).replace("&", "%26").replace("+", "%2B").replace("=", "%3D");
  }
}
