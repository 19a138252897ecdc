package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Keep what a stack is now; prints the snapshot's id.")
final class CreateSnapshot implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Option(names = "--name", paramLabel = "TEXT", description = "What to call the snapshot.")
  private String snapshotName = "";

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  CreateSnapshot(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackOperation operation = StackOperation.on(session, api, name);
      String marker = operation.marker();
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      if (!snapshotName.isEmpty()) {
        body.put("name", snapshotName);
      }
      JsonNode snapshot = api.post(operation.stack().path() + "/snapshots", body, Map.of());
      if (!session.json()) {
        session.print(snapshot.path("id").asString(""));
      }
      operation.finish("SNAPSHOT", marker, waiting);
    }
  }
}
