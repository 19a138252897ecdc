package io.hotpod.server.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person asks for who wants a command run.
 *
 * @param command at least a program; may hold secrets
 */
record ExecRequest(
    List<String> command,
    Optional<String> container,
    boolean input,
    boolean terminal,
    int rows,
    int columns) {
  private static final int LONGEST_COMMAND = 64 * 1024;
  private static final int LARGEST_SCREEN = 10_000;
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;
  private static final List<String> KNOWN =
      List.of("command", "container", "input", "terminal", "rows", "columns");

  ExecRequest {
    command = List.copyOf(command);
  }

  /**
   * Reads it; a refusal does not repeat what the command was.
   *
   * @throws ApiException 400 when something is not as it has to be
   */
  static ExecRequest read(ObjectNode body) {
    body.propertyNames().stream()
        .filter(name -> !KNOWN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw ApiException.badRequest(
                  "\"%s\" is not known here; known are: %s."
                      .formatted(name, String.join(", ", KNOWN)));
            });
    return new ExecRequest(
        command(body.path("command")),
        container(body.path("container")),
        flag(body, "input"),
        flag(body, "terminal"),
        size(body, "rows", ROWS),
        size(body, "columns", COLUMNS));
  }

  private static List<String> command(JsonNode node) {
    List<String> words = new ArrayList<>();
    int bytes = 0;
    for (JsonNode word : node) {
      if (!word.isString() || word.stringValue().indexOf('\0') >= 0) {
        throw commandExpected();
      }
      words.add(word.stringValue());
      bytes += word.stringValue().getBytes(UTF_8).length + 1;
    }
    if (!node.isArray() || words.isEmpty() || words.getFirst().isEmpty()) {
      throw commandExpected();
    }
    if (bytes > LONGEST_COMMAND) {
      throw ApiException.badRequest(
          "The command is longer than %d bytes; give it what is long as its input."
              .formatted(LONGEST_COMMAND));
    }
    return words;
  }

  private static ApiException commandExpected() {
    return ApiException.badRequest(
        "\"command\" has to be a list of texts: a program and its arguments.");
  }

  private static Optional<String> container(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw ApiException.badRequest("\"container\" has to be a text.");
    }
    return Optional.of(node.stringValue()).filter(name -> !name.isEmpty());
  }

  private static boolean flag(ObjectNode body, String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw ApiException.badRequest("\"%s\" has to be true or false.".formatted(name));
    }
    return node.booleanValue();
  }

  private static int size(ObjectNode body, String name, int usual) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      return usual;
    }
    if (!node.isInt() || node.intValue() < 1 || node.intValue() > LARGEST_SCREEN) {
      throw ApiException.badRequest(
          "\"%s\" has to be a number from 1 to %d.".formatted(name, LARGEST_SCREEN));
    }
    return node.intValue();
  }

  /** Leaves out the command. */
  @Override
  public String toString() {
    return "ExecRequest[container=" + container + "]";
  }
}
