package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Request;
import java.util.HashMap;
import java.util.Map;

/** The links of the stacks that events are of, each looked up once. Used for one answer. */
final class EventPlaces {
  private final StackService stacks;
  private final Caller caller;
  private final Request request;
  private final Stack asked;
  private final Map<String, Links> links = new HashMap<>();

  /**
   * @param asked the stack that the request names
   */
  EventPlaces(StackService stacks, Caller caller, Request request, Stack asked) {
    this.stacks = stacks;
    this.caller = caller;
    this.request = request;
    this.asked = asked;
    links.put(asked.id(), Links.of(request, asked));
  }

  /** Of the stack of an event: the one that is asked for, or one inside it. */
  Links links(String stackId) {
    return links.computeIfAbsent(
        stackId, id -> Links.of(request, stacks.inside(caller, id).orElse(asked)));
  }

  /** Of the stack at the top. */
  String rootUri() {
    return links(asked.nesting().map(Nesting::rootId).orElse(asked.id())).stackUri();
  }
}
