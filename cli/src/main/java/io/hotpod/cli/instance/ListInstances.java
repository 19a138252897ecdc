package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.output.Text;
import io.hotpod.cli.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the instances of the project.")
final class ListInstances implements Runnable {
  private final Session session;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY[=VALUE]",
      description = "Only instances with this label; may be given several times.")
  private List<String> labels = List.of();

  ListInstances(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      String query =
          labels.stream()
              .map(label -> "label=" + Paths.encode(label))
              .collect(Collectors.joining("&"));
      JsonNode answer = api.get(query.isEmpty() ? "/instances" : "/instances?" + query);
      if (session.json()) {
        session.printJson(answer);
      } else {
        if (answer.path("instances").isEmpty() && !labels.isEmpty()) {
          session.print("No instances with " + String.join(" and ", labels) + ".");
        } else {
          lines(answer.path("instances"), session.clock().instant()).forEach(session::print);
        }
      }
    }
  }

  static List<String> lines(JsonNode instances, Instant now) {
    if (instances.isEmpty()) {
      return List.of("No instances. 'hotpod instance join-token' lets one join.");
    }
    Table table = new Table("NAME", "STATE", "LAST SEEN", "RUNTIME", "LABELS", "PROBLEM");
    for (JsonNode instance : instances) {
      JsonNode facts = instance.path("facts");
      String runtime =
          facts.path("runtime").asString("") + " " + facts.path("runtimeVersion").asString("");
      table.row(
          instance.path("name").asString(""),
          InstanceWords.state(instance),
          Text.age(instance.path("last_seen_at").asString(""), now),
          runtime.strip(),
          InstanceWords.labels(instance),
          facts.path("runtimeProblem").asString(""));
    }
    return table.lines();
  }
}
