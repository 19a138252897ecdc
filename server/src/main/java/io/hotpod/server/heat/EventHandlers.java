package io.hotpod.server.heat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
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
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of a stack, and waiting for the next ones. */
final class EventHandlers {
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
    EventDetails details = stacks.event(caller, stack.id(), request.variable("event"));
    if (!details.event().resourceName().equals(request.variable("resource"))) {
      throw ApiException.notFound(
          "The Event (%s) could not be found.".formatted(request.variable("event")));
    }
    ObjectNode body = Json.object();
    body.set("event", EventJson.full(details, Links.of(request, stack)));
    return Response.json(200, body);
  }

  private Response answer(Request request, Optional<String> resource) throws InterruptedException {
    Caller caller = callers.of(request);
    Query query = request.query();
    Duration wait = query.seconds("wait", longestWait);
    Optional<EventFilter> filter = EventSelection.read(query, resource);
    Stack stack = Stacks.any(stacks, caller, request);
    List<Event> events =
        filter.isEmpty()
            ? List.of()
            : longPolls
                .ask(
                    wait,
                    time ->
                        Optional.of(
                            stacks.events(caller, stack.id(), filter.get().waitingFor(time))))
                .orElse(List.of());
    if (resource.isPresent() && events.isEmpty() && query.last("marker").isEmpty()) {
      throw ApiException.notFound("No events found for resource %s".formatted(resource.get()));
    }
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("events");
    EventPlaces places = new EventPlaces(stacks, caller, request, stack);
    boolean nested = filter.map(EventFilter::depth).orElse(0) > 0;
    events.forEach(
        event ->
            list.add(
                EventJson.item(
                    event,
                    places.links(event.stackId()),
                    nested ? Optional.of(places.rootUri()) : Optional.empty())));
    return Response.json(200, body);
  }
}
