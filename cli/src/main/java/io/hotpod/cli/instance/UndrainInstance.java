package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
    name = "undrain",
    description = {
      "Have a drained instance take pods again.",
      "Pods that were stopped by 'drain --stop' are started again, in their order."
    })
final class UndrainInstance implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  UndrainInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode instance =
          api.post(
                  "/instances/" + Paths.encode(name) + "/undrain",
                  JsonNodeFactory.instance.objectNode(),
                  Map.of())
              .path("instance");
      if (session.json()) {
        session.printJson(instance);
      } else {
        session.print(name + " takes pods again.");
      }
    }
  }
}
