package io.hotpod.server.heat;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.event.FeedEvent;
import io.hotpod.engine.stack.Stack;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.PathText;
import io.hotpod.server.http.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Absolute URLs of one stack's parts; clients cut the endpoint that they know off the front.
 *
 * @param stackUri of the stack, by name and id
 */
record Links(String stackUri) {
  Links {
    requireNonNull(stackUri, "stackUri is null");
  }

  static Links of(Request request, Stack stack) {
    return of(request.baseUri(), new FeedEvent.Place(stack.project(), stack.name(), stack.id()));
  }

  /**
   * The same for a stack that only its names are known of.
   *
   * @param base where the caller reached the server
   */
  static Links of(String base, FeedEvent.Place stack) {
    return new Links(
        "%s/v1/%s/stacks/%s/%s"
            .formatted(
                base, PathText.encode(stack.project()), PathText.encode(stack.name()), stack.id()));
  }

  String resource(String resourceName) {
    return stackUri + "/resources/" + PathText.encode(resourceName);
  }

  String event(String resourceName, String eventId) {
    return resource(resourceName) + "/events/" + PathText.encode(eventId);
  }

  static ObjectNode link(String relation, String uri) {
    return Json.object().put("href", uri).put("rel", relation);
  }
}
