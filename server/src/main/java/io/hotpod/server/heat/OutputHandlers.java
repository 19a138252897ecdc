package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Outputs of a stack. */
final class OutputHandlers {
  private final StackService stacks;
  private final Callers callers;

  OutputHandlers(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("outputs");
    outputs(request).forEach(output -> list.add(OutputJson.item(output)));
    return Response.json(200, body);
  }

  Response show(Request request) {
    String key = request.variable("key");
    Output found =
        outputs(request).stream()
            .filter(output -> output.key().equals(key))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        404, "NotFound", "Specified output key %s not found.".formatted(key)));
    ObjectNode body = Json.object();
    body.set("output", OutputJson.full(found));
    return Response.json(200, body);
  }

  private List<Output> outputs(Request request) {
    Caller caller = callers.of(request);
    Stack stack = Stacks.live(stacks, caller, request);
    return stacks.details(caller, stack.id(), true).outputs();
  }
}
