package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.output.Text;
import io.hotpod.cli.session.Session;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the instances of the project.")
final class ListInstances implements Runnable {
  private final Session session;

  ListInstances(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode answer = api.get("/instances");
      if (session.json()) {
        session.printJson(answer);
      } else {
        lines(answer.path("instances"), session.clock().instant()).forEach(session::print);
      }
    }
  }

  static List<String> lines(JsonNode instances, Instant now) {
    if (instances.isEmpty()) {
      return List.of("No instances. 'hotpod instance join-token' lets one join.");
    }
    Table table = new Table("NAME", "STATE", "LAST SEEN", "RUNTIME", "PROBLEM");
    for (JsonNode instance : instances) {
      JsonNode facts = instance.path("facts");
      String runtime =
          facts.path("runtime").asString("") + " " + facts.path("runtimeVersion").asString("");
      table.row(
          instance.path("name").asString(""),
          instance.path("connected").asBoolean(false) ? "connected" : "silent",
          Text.age(instance.path("last_seen_at").asString(""), now),
          runtime.strip(),
          facts.path("runtimeProblem").asString(""));
    }
    return table.lines();
  }
}
