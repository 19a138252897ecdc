package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "mark-unhealthy",
    description = "Say of a resource that the next update has to replace it.")
final class MarkUnhealthy implements Runnable {
  private final Session session;

  @Option(names = "--reset", description = "Take it back.")
  private boolean reset;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Shown with the resource.")
  private String reason = "";

  @Parameters(index = "0", paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "RESOURCE", description = "Its name or physical id.")
  private String resource = "";

  MarkUnhealthy(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackReference stack = StackReference.find(api, name);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("mark_unhealthy", !reset);
      if (!reason.isEmpty()) {
        body.put("resource_status_reason", reason);
      }
      api.patch(stack.path() + "/resources/" + Paths.encode(resource), body);
      if (!session.json()) {
        session.print(
            reset
                ? resource + ": no longer marked"
                : resource + ": marked; the next update of " + stack.name() + " replaces it");
      }
    }
  }
}
