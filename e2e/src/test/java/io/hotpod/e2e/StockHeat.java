package io.hotpod.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An OpenStack Heat that knows nothing of Hotpod, driven by its own client. */
final class StockHeat {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final Duration OPERATION = Duration.ofSeconds(90);

  private final List<String> client = new ArrayList<>(List.of("/usr/bin/env"));
  private final Path directory;

  /**
   * @param directory for templates
   */
  StockHeat(Path directory) {
    this.directory = directory;
    String file = System.getenv().getOrDefault("HOTPOD_TEST_HEAT", "");
    if (file.isEmpty()) {
      throw new AssertionError("there is no Heat to test with; run \"make test-heat\"");
    }
    read(Path.of(file))
        .propertyStream()
        .forEach(entry -> client.add(entry.getKey() + "=" + entry.getValue().asString("")));
    client.add("openstack");
  }

  private static JsonNode read(Path file) {
    try {
      return Api.JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Command.Result run(String... arguments) {
    List<String> command = new ArrayList<>(client);
    command.addAll(List.of(arguments));
    return Command.run(DEADLINE, command, directory);
  }

  /** A file beside the templates. */
  Path file(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  /** Creates or updates a stack with our environment and waits for the end. */
  String apply(String verb, String stack, String template, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "stack",
                verb,
                "-f",
                "json",
                "-e",
                Project.environment().toString(),
                "-t",
                file(stack + ".yaml", template).toString()));
    arguments.addAll(List.of(options));
    arguments.add(stack);
    run(arguments.toArray(String[]::new)).successful();
    return awaitEnd(stack);
  }

  String act(String verb, String stack) {
    run("stack", verb, stack).successful();
    return awaitEnd(stack);
  }

  /** The status in which a stack ends up; DELETE_COMPLETE when it is gone. */
  String awaitEnd(String stack) {
    return Waiting.patiently("the end of what happens to " + stack)
        .atMost(OPERATION)
        .until(() -> status(stack), status -> !status.endsWith("_IN_PROGRESS"));
  }

  private String status(String stack) {
    Command.Result shown = run("stack", "show", "-f", "value", "-c", "stack_status", stack);
    boolean gone = shown.exitCode() != 0 && shown.errors().contains("not found");
    return gone ? "DELETE_COMPLETE" : shown.successful().strip();
  }

  /** The value of an output. */
  JsonNode output(String stack, String name) {
    JsonNode value =
        Api.JSON
            .readTree(run("stack", "output", "show", "-f", "json", stack, name).successful())
            .path("output_value");
    // Some releases of the client print a structure as a text.
    return value.isString() && value.stringValue().startsWith("{")
        ? Api.JSON.readTree(value.stringValue())
        : value;
  }

  String statusReason(String stack) {
    return run("stack", "show", "-f", "value", "-c", "stack_status_reason", stack).successful();
  }

  JsonNode metadata(String stack, String resource) {
    return Api.JSON.readTree(run("stack", "resource", "metadata", stack, resource).successful());
  }
}
