package io.hotpod.server.heat;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;

/**
 * Sends who names a stack by its name, id or ARN alone to its full path; same method, same query.
 */
final class LookupHandler implements Handler {
  private static final String ARN = "arn:openstack:heat:";

  private final StackService stacks;
  private final Callers callers;
  private final String rest;

  /**
   * @param rest of the path behind the stack, such as {@code /resources}; may be empty
   */
  LookupHandler(StackService stacks, Callers callers, String rest) {
    this.stacks = stacks;
    this.callers = callers;
    this.rest = rest;
  }

  @Override
  public Response handle(Request request) {
    Stack stack = stacks.find(callers.of(request), nameOrId(request.variable("name")));
    String query = request.query().raw();
    String location =
        Links.of(request, stack).stackUri() + rest + (query.isEmpty() ? "" : "?" + query);
    return Response.empty(302).with("Location", location);
  }

  /** An ARN ends in {@code stacks/NAME/ID}. */
  private static String nameOrId(String text) {
    return text.startsWith(ARN) ? text.substring(text.lastIndexOf('/') + 1) : text;
  }
}
