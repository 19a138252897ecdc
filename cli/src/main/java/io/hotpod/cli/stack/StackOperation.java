package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.progress.OperationWatch;
import io.hotpod.cli.session.Session;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What all commands share that change a stack: ask, wait, tell. */
record StackOperation(Session session, ApiClient api, StackReference stack) {
  static StackOperation on(Session session, ApiClient api, String nameOrId) {
    return new StackOperation(session, api, StackReference.find(api, nameOrId));
  }

  /** Asks for one of the API's actions, such as {@code suspend}, and sees it through. */
  void act(String action, WaitOptions waiting) {
    String marker = marker();
    request(action);
    finish(action.toUpperCase(Locale.ROOT), marker, waiting);
  }

  /** Asks for one of the API's actions, and no more. */
  void request(String action) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putNull(action);
    api.post(stack.path() + "/actions", body, Map.of());
  }

  /** The id of the event after which an operation that is begun now leaves its own. */
  String marker() {
    return OperationWatch.newestEvent(api, stack.path());
  }

  /**
   * Waits for an accepted operation unless told not to, and tells the result.
   *
   * @param action Heat's name of it
   * @param marker from before it was asked for
   */
  void finish(String action, String marker, WaitOptions waiting) {
    JsonNode shown = shown();
    if (waiting.noWait) {
      if (session.json()) {
        session.printJson(shown);
      } else {
        session.print(
            stack.name() + ": " + action.toLowerCase(Locale.ROOT) + " accepted, " + stack.id());
      }
      return;
    }
    new OperationWatch(session, api, stack.path(), shown, action, marker).await();
    if (session.json()) {
      session.printJson(shown());
    } else {
      session.print(stack.name() + ": " + action + "_COMPLETE");
    }
  }

  private JsonNode shown() {
    try {
      return api.get(stack.path()).path("stack");
    } catch (ApiException refusal) {
      if (!refusal.isNotFound()) {
        throw refusal;
      }
      ObjectNode gone = JsonNodeFactory.instance.objectNode();
      gone.put("id", stack.id());
      gone.put("stack_name", stack.name());
      return gone.put("stack_status", "DELETE_COMPLETE");
    }
  }
}
