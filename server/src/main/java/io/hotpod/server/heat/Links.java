package io.hotpod.server.heat;

import static java.util.Objects.requireNonNull;

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
    return new Links(
        "%s/v1/%s/stacks/%s/%s"
            .formatted(
                request.baseUri(),
                PathText.encode(stack.project()),
                PathText.encode(stack.name()),
                stack.id()));
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
