package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.FileReasons;
import io.hotpod.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
      "Without --output the token, and only that, goes to the standard output.",
      "  hotpod instance join-token --output token",
      "  hotpod agent --server URL --name NAME --join-token-file token"
    })
final class MakeJoinToken implements Runnable {
  /** As long as the server allows. */
  private static final int LONGEST_MINUTES = 10_080;

  private final Session session;

  @Option(
      names = "--valid-minutes",
      paramLabel = "N",
      description = "How long it can be used (default: ${DEFAULT-VALUE}).")
  private int validMinutes = 60;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the token into this file, readable by you only.")
  private String output = "";

  MakeJoinToken(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (validMinutes < 1 || validMinutes > LONGEST_MINUTES) {
      throw CommandFailure.usage(
          "--valid-minutes takes a number from 1 to " + LONGEST_MINUTES + ", a week.");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("valid_minutes", validMinutes);
    try (ApiClient api = session.api()) {
      JsonNode answer = api.post("/join_tokens", body, Map.of());
      if (!output.isEmpty()) {
        write(answer.path("join_token").asString(""));
      }
      if (session.json()) {
        session.printJson(output.isEmpty() ? answer : withoutToken(answer));
      } else if (output.isEmpty()) {
        session.print(answer.path("join_token").asString(""));
      } else {
        session.print(
            "The token is in " + output + " until " + answer.path("expires_at").asString("") + ".");
      }
    }
  }

  /** What went into a file of its owner does not go into a log of everybody as well. */
  private static JsonNode withoutToken(JsonNode answer) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    rest.set("expires_at", answer.path("expires_at"));
    return rest;
  }

  /** Into a new file, so that no earlier one's looser mode is left on it. */
  private void write(String token) {
    Path file = session.path(output);
    try {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, token + "\n");
    } catch (IOException failure) {
      throw CommandFailure.of(
          "the token cannot be written into " + output + ": " + FileReasons.of(failure) + ".");
    }
  }
}
