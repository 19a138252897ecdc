package io.hotpod.cli.pod;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the pods of the project.")
final class ListPods implements Runnable {
  private final Session session;

  @Option(names = "--stack", paramLabel = "NAME", description = "Only the pods of this stack.")
  private String stack = "";

  ListPods(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode answer = api.get("/pods");
      if (session.json()) {
        session.printJson(answer);
      } else {
        lines(answer.path("pods"), stack).forEach(session::print);
      }
    }
  }

  /** The lines of a list; {@code stack} is empty for all. */
  static List<String> lines(JsonNode pods, String stack) {
    List<JsonNode> chosen = new ArrayList<>();
    for (JsonNode pod : pods) {
      if (stack.isEmpty() || stack.equals(pod.path("stack_name").asString(""))) {
        chosen.add(pod);
      }
    }
    if (chosen.isEmpty()) {
      return List.of("No pods.");
    }
    Table table =
        new Table("POD", "STACK/RESOURCE", "INSTANCE", "PHASE", "READY", "RESTARTS", "WHY");
    for (JsonNode pod : chosen) {
      table.row(
          pod.path("name").asString(""),
          pod.path("stack_name").asString("") + "/" + pod.path("resource_name").asString(""),
          pod.path("instance_name").asString(""),
          pod.path("phase").asString(""),
          PodWords.ready(pod),
          Integer.toString(PodWords.restarts(pod)),
          PodWords.why(pod));
    }
    return table.lines();
  }
}
