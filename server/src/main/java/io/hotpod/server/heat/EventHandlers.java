package io.hotpod.server.heat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of a stack, and waiting for the next ones. */
final class EventHandlers {
  private static final Map<String, Function<Event, String>> FILTERS =
      Map.of(
          "resource_status",
          event -> event.status().name(),
          "resource_action",
          event -> event.action().name(),
          "resource_name",
          Event::resourceName,
          "resource_type",
          Event::resourceType);

  private final StackService stacks;
  private final Callers callers;
  private final LongPolls longPolls;
  private final Duration longestWait;

  EventHandlers(StackService stacks, Callers callers, LongPolls longPolls, Duration longestWait) {
    this.stacks = stacks;
    this.callers = callers;
    this.longPolls = longPolls;
    this.longestWait = longestWait;
  }

  Response list(Request request) throws InterruptedException {
    return answer(request, Optional.empty());
  }

  Response listOfResource(Request request) throws InterruptedException {
    return answer(request, Optional.of(request.variable("resource")));
  }

  Response show(Request request) {
    Caller caller = callers.of(request);
    Stack stack = Stacks.any(stacks, caller, request);
    Event event = stacks.event(caller, stack.id(), request.variable("event"));
    if (!event.resourceName().equals(request.variable("resource"))) {
      throw ApiException.notFound(
          "The Event (%s) could not be found.".formatted(request.variable("event")));
    }
    ObjectNode body = Json.object();
    body.set("event", EventJson.full(event, Links.of(request, stack)));
    return Response.json(200, body);
  }

  private Response answer(Request request, Optional<String> resource) throws InterruptedException {
    Caller caller = callers.of(request);
    Query query = request.query();
    Duration wait = query.seconds("wait", longestWait);
    boolean nested = query.integer("nested_depth").orElse(0) > 0;
    Optional<Integer> limit = StackSelection.limit(query);
    boolean filtered = FILTERS.keySet().stream().anyMatch(key -> !query.all(key).isEmpty());
    boolean ascending = StackSelection.ascending(query);
    Stack stack = Stacks.any(stacks, caller, request);
    Function<Duration, EventFilter> filter =
        time ->
            new EventFilter(
                resource,
                ascending,
                // What is filtered here has to be fetched whole.
                filtered ? Optional.empty() : limit,
                query.last("marker"),
                time);
    List<Event> events =
        longPolls
            .ask(wait, time -> Optional.of(stacks.events(caller, stack.id(), filter.apply(time))))
            .orElse(List.of());
    if (resource.isPresent() && events.isEmpty() && query.last("marker").isEmpty()) {
      throw ApiException.notFound("No events found for resource %s".formatted(resource.get()));
    }
    Links links = Links.of(request, stack);
    Stream<Event> matching = events.stream().filter(event -> matches(event, query));
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("events");
    matching
        .limit(limit.orElse(Integer.MAX_VALUE))
        .forEach(event -> list.add(EventJson.item(event, links, nested)));
    return Response.json(200, body);
  }

  private static boolean matches(Event event, Query query) {
    for (Map.Entry<String, Function<Event, String>> filter : FILTERS.entrySet()) {
      List<String> wanted = query.all(filter.getKey());
      if (!wanted.isEmpty() && !wanted.contains(filter.getValue().apply(event))) {
        return false;
      }
    }
    return true;
  }
}
