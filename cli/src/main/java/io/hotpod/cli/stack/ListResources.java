package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "resources", description = "List the resources of a stack.")
final class ListResources implements Runnable {
  private final Session session;

  @Option(
      names = "--nested-depth",
      paramLabel = "DEPTH",
      description = "Show what is inside of resources that are stacks, so many levels deep.")
  private int depth;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  ListResources(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackReference stack = StackReference.find(api, name);
      JsonNode answer = api.get(stack.path() + "/resources?nested_depth=" + depth);
      if (session.json()) {
        session.printJson(answer);
      } else {
        lines(answer.path("resources")).forEach(session::print);
      }
    }
  }

  private static String name(JsonNode resource) {
    String parent = resource.path("parent_resource").asString("");
    String name = resource.path("resource_name").asString("");
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  static List<String> lines(JsonNode resources) {
    if (resources.isEmpty()) {
      return List.of("No resources.");
    }
    Table table = new Table("NAME", "TYPE", "STATUS", "PHYSICAL ID", "REASON");
    for (JsonNode resource : resources) {
      String reason = resource.path("resource_status_reason").asString("");
      table.row(
          name(resource),
          resource.path("resource_type").asString(""),
          resource.path("resource_status").asString(""),
          resource.path("physical_resource_id").asString(""),
          reason.equals("state changed") ? "" : reason);
    }
    return table.lines();
  }
}
