package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.TextFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "adopt",
    description = "Make a stack of what an export or an abandoned stack left; pods keep running.")
final class AdoptStack implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What 'stack abandon' or 'stack export' printed.")
  private String data = "";

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "A parameter; hidden ones are not in the data. May be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Parameters(paramLabel = "NAME", description = "The new stack's name.")
  private String name = "";

  AdoptStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("stack_name", name).put("adopt_stack_data", text());
    ObjectNode given = body.putObject("parameters");
    parameters.forEach(given::put);
    try (ApiClient api = session.api()) {
      JsonNode adopted = api.post("/stacks", body, Map.of("Idempotency-Key", session.newId()));
      String id = adopted.path("stack").path("id").asString("");
      new StackOperation(session, api, new StackReference(name, id)).finish("ADOPT", "", waiting);
    }
  }

  private String text() {
    try {
      return TextFile.read(session.path(data));
    } catch (IOException e) {
      throw CommandFailure.of(data + " " + e.getMessage());
    }
  }
}
