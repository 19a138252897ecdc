package io.hotpod.e2e;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What tests ask of stacks. */
final class Stacks {
  private static final String STACKS = "/v1/default/stacks";

  private final Api api;

  Stacks(Api api) {
    this.api = api;
  }

  /** Asks for a stack and gives its path. */
  String create(String name, String template) {
    return create(name, template, Map.of()).successful().at("/stack/id").asString("");
  }

  Answer create(String name, String template, Map<String, String> headers) {
    return api.send("POST", STACKS, body(name, template), headers);
  }

  /** The body of a request to create or update. */
  static String body(String name, String template) {
    ObjectNode body = Api.JSON.createObjectNode();
    return body.put("stack_name", name).put("template", template).toString();
  }

  /** Creates a stack and waits until it is complete. */
  void createAndAwait(String name, String template) {
    create(name, template);
    await(name, "CREATE_COMPLETE");
  }

  void update(String name, String template) {
    api.send("PUT", path(name), body(name, template), Map.of()).successful();
  }

  void updateAndAwait(String name, String template) {
    update(name, template);
    await(name, "UPDATE_COMPLETE");
  }

  void act(String name, String action) {
    api.send("POST", path(name) + "/actions", "{\"" + action + "\": null}", Map.of()).successful();
  }

  void delete(String name) {
    api.send("DELETE", path(name), "", Map.of()).successful();
  }

  /** Deletes a stack and waits until it is gone. */
  void deleteAndAwait(String name) {
    String id = show(name).path("id").asString("");
    delete(name);
    await(name + "/" + id, "DELETE_COMPLETE");
  }

  /** The path of a stack with its id, which remains when the stack is deleted. */
  String path(String name) {
    return STACKS + "/" + name + "/" + show(name).path("id").asString("");
  }

  JsonNode show(String name) {
    String direct = name.contains("/") ? name : name + "/" + id(name);
    return api.get(STACKS + "/" + direct).successful().path("stack");
  }

  private String id(String name) {
    for (JsonNode stack : api.get(STACKS).successful().path("stacks")) {
      if (stack.path("stack_name").asString("").equals(name)) {
        return stack.path("id").asString("");
      }
    }
    throw new AssertionError("there is no stack " + name);
  }

  boolean exists(String name) {
    return api.get(STACKS)
        .successful()
        .path("stacks")
        .valueStream()
        .anyMatch(stack -> stack.path("stack_name").asString("").equals(name));
  }

  String status(String name) {
    return show(name).path("stack_status").asString("");
  }

  /**
   * Waits until a stack has a status; one that fails meanwhile fails the test at once.
   *
   * @param name or name and id with a slash between
   * @return the stack
   */
  JsonNode await(String name, String status) {
    AtomicReference<JsonNode> last = new AtomicReference<>(MissingNode.getInstance());
    Waiting.patiently("stack " + name + " is " + status)
        .ignoreExceptionsInstanceOf(java.io.UncheckedIOException.class)
        .until(
            () -> {
              JsonNode stack = show(name);
              last.set(stack);
              String now = stack.path("stack_status").asString("");
              if (now.endsWith("FAILED") && !status.endsWith("FAILED")) {
                throw new AssertionError(
                    name + " " + now + ": " + stack.path("stack_status_reason"));
              }
              return now.equals(status);
            });
    return requireNonNull(last.get());
  }

  /** Name to resource. */
  JsonNode resource(String stack, String name) {
    return api.get(path(stack) + "/resources/" + name).successful().path("resource");
  }

  JsonNode resources(String stack) {
    return api.get(path(stack) + "/resources").successful().path("resources");
  }

  JsonNode events(String stack) {
    return api.get(path(stack) + "/events?sort_dir=asc").successful().path("events");
  }

  String output(String stack, String key) {
    return api.get(path(stack) + "/outputs/" + key)
        .successful()
        .at("/output/output_value")
        .asString("");
  }

  /** The values of all outputs by name. */
  ObjectNode outputs(String stack) {
    return values(show(stack));
  }

  /** Those that a stack has, in the form in which Heat's API shows it. */
  static ObjectNode values(JsonNode stack) {
    ObjectNode values = Api.JSON.createObjectNode();
    for (JsonNode output : stack.path("outputs")) {
      String name = output.path("output_key").asString("");
      output.optional("output_value").ifPresent(value -> values.set(name, value));
    }
    return values;
  }

  /** What the server shows of the pod of a deployment. */
  JsonNode pod(String stack, String resource) {
    for (JsonNode pod : api.get("/v1/default/pods").successful().path("pods")) {
      if (pod.path("stack_name").asString("").equals(stack)
          && pod.path("resource_name").asString("").equals(resource)) {
        return pod;
      }
    }
    return MissingNode.getInstance();
  }
}
