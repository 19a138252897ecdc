package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "join-token",
    description = {
      "Make a token with which one machine can join, once.",
      "Only the token goes to the standard output, so that it can go into a file:",
      "  hotpod instance join-token > token",
      "  hotpod agent --server URL --name NAME --join-token-file token"
    })
final class MakeJoinToken implements Runnable {
  private final Session session;

  @Option(
      names = "--valid-minutes",
      paramLabel = "N",
      description = "How long it can be used (default: ${DEFAULT-VALUE}).")
  private int validMinutes = 60;

  MakeJoinToken(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (validMinutes < 1) {
      throw CommandFailure.usage("--valid-minutes takes a number from 1.");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("valid_minutes", validMinutes);
    try (ApiClient api = session.api()) {
      JsonNode answer = api.post("/join_tokens", body, Map.of());
      if (session.json()) {
        session.printJson(answer);
      } else {
        session.print(answer.path("join_token").asString(""));
      }
    }
  }
}
