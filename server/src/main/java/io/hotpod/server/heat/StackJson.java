package io.hotpod.server.heat;

import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDetails;
import io.hotpod.server.http.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A stack as Heat's API shows it. */
final class StackJson {
  private StackJson() {}

  /** As in lists. */
  static ObjectNode item(Stack stack, Links links) {
    ObjectNode object = Json.object();
    object.put("id", stack.id());
    object.putArray("links").add(Links.link("self", links.stackUri()));
    object.put("stack_name", stack.name()).put("description", stack.description());
    putState(object, stack);
    stack
        .username()
        .ifPresentOrElse(
            name -> object.put("stack_owner", name), () -> object.putNull("stack_owner"));
    stack
        .nesting()
        .ifPresentOrElse(
            nesting -> object.put("parent", nesting.ownerId()), () -> object.putNull("parent"));
    object.put("stack_user_project_id", stack.project());
    if (stack.tags().isEmpty()) {
      object.putNull("tags");
    } else {
      object.set("tags", Json.strings(stack.tags()));
    }
    return object;
  }

  /** In full, outputs aside. */
  static ObjectNode show(StackDetails details, Links links) {
    Stack stack = details.stack();
    ObjectNode object = item(stack, links);
    object.put("template_description", stack.description());
    ObjectNode parameters = object.putObject("parameters");
    details.parameters().forEach(parameters::put);
    object.putArray("capabilities");
    object.putArray("notification_topics");
    object.put("disable_rollback", stack.disableRollback());
    stack
        .timeout()
        .ifPresentOrElse(
            timeout -> object.put("timeout_mins", timeout.toMinutes()),
            () -> object.putNull("timeout_mins"));
    return object;
  }

  /** In full. */
  static ObjectNode showWithOutputs(StackDetails details, Links links) {
    ObjectNode object = show(details, links);
    object.set("outputs", outputs(details.outputs()));
    return object;
  }

  private static ArrayNode outputs(List<Output> outputs) {
    ArrayNode list = Json.array();
    outputs.forEach(output -> list.add(OutputJson.full(output)));
    return list;
  }

  private static void putState(ObjectNode object, Stack stack) {
    object.put("creation_time", Times.text(stack.createdAt()));
    Times.put(object, "updated_time", stack.updatedAt());
    Times.put(object, "deletion_time", stack.deletedAt());
    object.put("stack_status", stack.combinedStatus());
    object.put("stack_status_reason", stack.statusReason());
  }
}
