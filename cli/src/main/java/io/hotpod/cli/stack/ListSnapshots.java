package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the snapshots of a stack.")
final class ListSnapshots implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  ListSnapshots(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode answer = api.get(StackReference.find(api, name).path() + "/snapshots");
      if (session.json()) {
        session.printJson(answer);
        return;
      }
      if (answer.path("snapshots").isEmpty()) {
        session.print("No snapshots.");
        return;
      }
      Table table = new Table("ID", "NAME", "STATUS", "CREATED", "REASON");
      for (JsonNode snapshot : answer.path("snapshots")) {
        table.row(
            snapshot.path("id").asString(""),
            snapshot.path("name").asString(""),
            snapshot.path("status").asString(""),
            snapshot.path("creation_time").asString(""),
            snapshot.path("status_reason").asString(""));
      }
      table.lines().forEach(session::print);
    }
  }
}
