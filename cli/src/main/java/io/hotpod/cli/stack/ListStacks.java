package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.output.Text;
import io.hotpod.cli.session.Session;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the stacks of the project.")
final class ListStacks implements Runnable {
  private final Session session;

  ListStacks(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode answer = api.get("/stacks");
      if (session.json()) {
        session.printJson(answer);
      } else {
        lines(answer.path("stacks"), session.clock().instant()).forEach(session::print);
      }
    }
  }

  static List<String> lines(JsonNode stacks, Instant now) {
    if (stacks.isEmpty()) {
      return List.of("No stacks.");
    }
    Table table = new Table("NAME", "STATUS", "AGE", "UPDATED", "ID");
    for (JsonNode stack : stacks) {
      table.row(
          stack.path("stack_name").asString(""),
          stack.path("stack_status").asString(""),
          Text.age(stack.path("creation_time").asString(""), now),
          Text.age(stack.path("updated_time").asString(""), now),
          stack.path("id").asString(""));
    }
    return table.lines();
  }
}
