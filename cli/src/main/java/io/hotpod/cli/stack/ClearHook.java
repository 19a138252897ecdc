package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "clear", description = "Let the operation of a resource go on.")
final class ClearHook implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "RESOURCE", description = "The resource that waits.")
  private String resource = "";

  @Parameters(
      index = "2",
      paramLabel = "HOOK",
      description = "Such as pre-create or post-update; 'stack events' names it.")
  private String hook = "";

  ClearHook(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("unset_hook", hook);
      String path = StackReference.find(api, name).path();
      api.post(path + "/resources/" + Paths.encode(resource) + "/signal", body, Map.of());
      if (!session.json()) {
        session.print(resource + ": " + hook + " cleared");
      }
    }
  }
}
