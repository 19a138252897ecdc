package io.hotpod.server.heat;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.event.EventFeed;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.event.FeedEvent;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.stream.EventStreams;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Events of a project or of a stack while they happen; an extension of ours. */
final class FollowHandlers {
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  private final StackService stacks;
  private final EventFeed feed;
  private final EventStreams streams;
  private final Callers callers;

  FollowHandlers(StackService stacks, EventFeed feed, EventStreams streams, Callers callers) {
    this.stacks = stacks;
    this.feed = feed;
    this.streams = streams;
    this.callers = callers;
  }

  Response project(Request request) {
    return follow(request, callers.of(request), new EventScope.Project());
  }

  Response stack(Request request) {
    Caller caller = callers.of(request);
    int depth = request.query().integer("nested_depth").orElse(0);
    Stack stack = Stacks.any(stacks, caller, request);
    return follow(request, caller, new EventScope.Tree(stack.id(), depth));
  }

  private Response follow(Request request, Caller caller, EventScope scope) {
    // The query is for clients that cannot set headers.
    Optional<String> after =
        request
            .header(LAST_EVENT_ID)
            .filter(id -> !id.isBlank())
            .or(() -> request.query().last("after"));
    String base = request.baseUri();
    return streams.answer(
        request, () -> feed.follow(caller, scope, after), event -> json(event, base));
  }

  private static ObjectNode json(FeedEvent event, String base) {
    Links links = Links.of(base, event.stack());
    ObjectNode json =
        EventJson.item(event.event(), links, Optional.of(Links.of(base, event.root()).stackUri()));
    return json.put("resource_type", event.event().resourceType())
        .put("stack_name", event.stack().name())
        .put("stack_id", event.stack().id());
  }
}
