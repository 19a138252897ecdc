package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import tools.jackson.databind.JsonNode;

/**
 * A stack by both of its names, which the API wants together.
 *
 * @param name unique among live stacks
 * @param id a UUID
 */
record StackReference(String name, String id) {
  /** Asks the server for a stack by its name or id. */
  static StackReference find(ApiClient api, String nameOrId) {
    return of(show(api, nameOrId));
  }

  /** The stack as the API shows it, without its outputs. */
  static JsonNode show(ApiClient api, String nameOrId) {
    return api.get("/stacks/" + Paths.encode(nameOrId) + "?resolve_outputs=false").path("stack");
  }

  static StackReference of(JsonNode stack) {
    return new StackReference(stack.path("stack_name").asString(""), stack.path("id").asString(""));
  }

  /** The path of the stack in the API. */
  String path() {
    return "/stacks/" + Paths.encode(name) + "/" + Paths.encode(id);
  }
}
