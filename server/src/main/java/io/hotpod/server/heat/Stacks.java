package io.hotpod.server.heat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;

/** Finds the stack that a path names. */
final class Stacks {
  private Stacks() {}

  /**
   * The live stack of {@code .../stacks/{name}/{id}}.
   *
   * @throws ApiException when there is none, or the name and the id are not of the same
   */
  static Stack live(StackService stacks, Caller caller, Request request) {
    Stack stack = any(stacks, caller, request);
    if (stack.deletedAt().isPresent()) {
      throw notFound(request);
    }
    return stack;
  }

  /**
   * The stack to change: a live one, or for a request with a key one that is deleted too, which
   * only answers a request again that it was asked before. The engine refuses everything else.
   */
  static Stack changing(StackService stacks, Caller caller, Request request) {
    return caller.idempotencyKey().isPresent()
        ? any(stacks, caller, request)
        : live(stacks, caller, request);
  }

  /** The same as {@link #live}, or a deleted one, which can still be read. */
  static Stack any(StackService stacks, Caller caller, Request request) {
    String id = request.variable("id");
    Stack stack = stacks.find(caller, id);
    if (!stack.id().equals(id) || !stack.name().equals(request.variable("name"))) {
      throw notFound(request);
    }
    return stack;
  }

  private static ApiException notFound(Request request) {
    return ApiException.notFound(
        "The Stack (%s) could not be found.".formatted(request.variable("name")));
  }
}
