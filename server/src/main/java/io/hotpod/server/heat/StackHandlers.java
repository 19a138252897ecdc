package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDetails;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Creates, shows, changes and deletes a stack. */
final class StackHandlers {
  private final StackService stacks;
  private final Callers callers;
  private final StackRequestReader requests;

  StackHandlers(StackService stacks, Callers callers, StackRequestReader requests) {
    this.stacks = stacks;
    this.callers = callers;
    this.requests = requests;
  }

  Response create(Request request) {
    ObjectNode body = request.requiredBody();
    Optional<AdoptedStack> adopted = AdoptedStack.of(body);
    StackRequest wanted = requests.readCreate(adopted.map(AdoptedStack::body).orElse(body));
    requireName(wanted);
    requireTemplate(wanted);
    Caller caller = callers.changing(request, Optional.of(body));
    Stack stack =
        adopted
            .map(each -> stacks.adopt(caller, wanted, each.data()))
            .orElseGet(() -> stacks.create(caller, wanted));
    Links links = Links.of(request, stack);
    ObjectNode answer = Json.object();
    answer
        .putObject("stack")
        .put("id", stack.id())
        .putArray("links")
        .add(Links.link("self", links.stackUri()));
    return Response.json(201, answer).with("Location", links.stackUri());
  }

  Response show(Request request) {
    Caller caller = callers.of(request);
    Stack stack = Stacks.any(stacks, caller, request);
    boolean outputs = request.query().flag("resolve_outputs", true) && stack.deletedAt().isEmpty();
    StackDetails details = stacks.details(caller, stack.id(), outputs);
    Links links = Links.of(request, stack);
    ObjectNode answer = Json.object();
    answer.set(
        "stack",
        outputs ? StackJson.showWithOutputs(details, links) : StackJson.show(details, links));
    return Response.json(200, answer);
  }

  Response update(Request request) {
    ObjectNode body = request.requiredBody();
    StackRequest wanted = requests.readChange(body);
    requireTemplate(wanted);
    Caller caller = callers.changing(request, Optional.of(body));
    stacks.update(caller, Stacks.changing(stacks, caller, request).id(), wanted);
    return Response.empty(202);
  }

  Response patch(Request request) {
    ObjectNode body = request.requiredBody();
    StackRequest wanted = requests.readChange(body);
    Caller caller = callers.changing(request, Optional.of(body));
    stacks.patch(caller, Stacks.changing(stacks, caller, request).id(), wanted);
    return Response.empty(202);
  }

  Response delete(Request request) {
    Caller caller = callers.changing(request, Optional.empty());
    stacks.delete(caller, Stacks.changing(stacks, caller, request).id());
    return Response.empty(204);
  }

  Response export(Request request) {
    Caller caller = callers.of(request);
    return Response.json(200, stacks.export(caller, Stacks.live(stacks, caller, request).id()));
  }

  Response abandon(Request request) {
    Caller caller = callers.changing(request, Optional.empty());
    return Response.json(
        200, stacks.abandon(caller, Stacks.changing(stacks, caller, request).id()));
  }

  static void requireName(StackRequest wanted) {
    if (wanted.name().isEmpty()) {
      throw ApiException.badRequest("No stack name specified");
    }
  }

  static void requireTemplate(StackRequest wanted) {
    if (wanted.template().isEmpty()) {
      throw ApiException.badRequest("No template specified");
    }
  }
}
