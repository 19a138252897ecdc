package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Suspends, resumes, checks a stack, or cancels its update. */
final class ActionHandler implements Handler {
  private final StackService stacks;
  private final Callers callers;

  ActionHandler(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  @Override
  public Response handle(Request request) {
    ObjectNode body = request.requiredBody();
    if (body.isEmpty()) {
      throw ApiException.badRequest("No action specified");
    }
    if (body.size() > 1) {
      throw ApiException.badRequest("Multiple actions specified");
    }
    String action = body.propertyNames().iterator().next();
    Caller caller = callers.changing(request, Optional.of(body));
    Stack stack = Stacks.changing(stacks, caller, request);
    switch (action) {
      case "suspend" -> stacks.suspend(caller, stack.id());
      case "resume" -> stacks.resume(caller, stack.id());
      case "check" -> stacks.check(caller, stack.id());
      case "cancel_update" -> stacks.cancelUpdate(caller, stack.id());
      case "cancel_without_rollback" -> stacks.cancelWithoutRollback(caller, stack.id());
      default -> throw ApiException.badRequest("Invalid action %s specified".formatted(action));
    }
    return Response.jsonNull();
  }
}
