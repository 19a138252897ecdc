package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "restore", description = "Bring a stack back to what it was in a snapshot.")
final class RestoreSnapshot implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The snapshot's id.")
  private String snapshot = "";

  RestoreSnapshot(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackOperation operation = StackOperation.on(session, api, name);
      String marker = operation.marker();
      api.post(
          operation.stack().path() + "/snapshots/" + Paths.encode(snapshot) + "/restore",
          JsonNodeFactory.instance.objectNode(),
          Map.of());
      operation.finish("RESTORE", marker, waiting);
    }
  }
}
