package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "label",
    description = {
      "Say something about an instance: KEY=VALUE adds or changes a label, KEY- takes it away.",
      "  hotpod instance label web-1 zone=a disk=ssd old-",
      "  hotpod instance list --label zone=a"
    })
final class LabelInstance implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "LABEL",
      description = "KEY=VALUE, or KEY- to take a label away.")
  private List<String> labels = List.of();

  LabelInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode changes = body.putObject("labels");
    for (String label : labels) {
      int equals = label.indexOf('=');
      if (equals > 0) {
        changes.put(label.substring(0, equals), label.substring(equals + 1));
      } else if (label.endsWith("-") && label.length() > 1) {
        changes.putNull(label.substring(0, label.length() - 1));
      } else {
        throw CommandFailure.usage(
            "\"" + label + "\" is no label; give KEY=VALUE, or KEY- to take one away.");
      }
    }
    try (ApiClient api = session.api()) {
      JsonNode instance = api.patch("/instances/" + Paths.encode(name), body).path("instance");
      if (session.json()) {
        session.printJson(instance);
      } else {
        String now = InstanceWords.labels(instance);
        session.print(name + " has " + (now.isEmpty() ? "no labels" : now) + ".");
      }
    }
  }
}
