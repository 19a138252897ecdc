package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Marks a resource so that the next update replaces it, or takes that back. */
final class MarkUnhealthyHandler implements Handler {
  private static final String MARK = "mark_unhealthy";
  private static final String REASON = "resource_status_reason";
  private static final Set<String> TRUE = Set.of("1", "t", "true", "on", "y", "yes");
  private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "n", "no");

  private final StackService stacks;
  private final Callers callers;

  MarkUnhealthyHandler(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  @Override
  public Response handle(Request request) {
    ObjectNode body = request.requiredBody();
    requireKnown(body);
    boolean unhealthy = flag(body.path(MARK));
    Optional<String> reason =
        Optional.of(body.path(REASON).asString("")).filter(words -> !words.isEmpty());
    Caller caller = callers.changing(request, Optional.of(body));
    Stack stack = Stacks.live(stacks, caller, request);
    String resource = request.variable("resource");
    if (unhealthy) {
      stacks.markUnhealthy(caller, stack.id(), resource, reason);
    } else {
      stacks.markHealthy(caller, stack.id(), resource, reason);
    }
    return Response.jsonNull();
  }

  private static void requireKnown(ObjectNode body) {
    Set<String> unknown = new TreeSet<>(body.propertyNames());
    unknown.removeAll(Set.of(MARK, REASON));
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest("Invalid keys in resource mark unhealthy: " + unknown);
    }
    if (!body.has(MARK)) {
      throw ApiException.badRequest(
          "Missing mandatory (%s) key from mark unhealthy request".formatted(MARK));
    }
  }

  private static boolean flag(JsonNode value) {
    String word = value.isValueNode() ? value.asString("").toLowerCase(Locale.ROOT) : "";
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      throw ApiException.badRequest(
          "Unrecognized value \"%s\" for \"%s\", acceptable values are: true, false"
              .formatted(value.asString(""), MARK));
    }
    return TRUE.contains(word);
  }
}
