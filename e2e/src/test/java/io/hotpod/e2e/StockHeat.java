package io.hotpod.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An OpenStack Heat that knows nothing of Hotpod, driven by its own client. */
final class StockHeat {
  private static final Duration OPERATION = Duration.ofMinutes(10);

  private final OpenstackCli client;
  private final Path directory;
  private final String base;
  private final Api api;
  private final JsonNode login;

  /**
   * @param directory for templates
   */
  StockHeat(Path directory) {
    this.directory = directory;
    client = OpenstackCli.of(environment("openrc.json"), directory);
    URI url = URI.create(read(environment("urls.json")).path("heat").asString(""));
    base = url.getPath();
    api = Api.following(url);
    login = Api.JSON.readTree(client.output("token", "issue", "-f", "json"));
  }

  /** The file of what a client of the OpenStack under test has to know. */
  static Path environment(String name) {
    String file = System.getenv().getOrDefault("HOTPOD_TEST_HEAT", "");
    if (file.isEmpty()) {
      throw new AssertionError("there is no Heat to test with; run \"make test-heat\"");
    }
    return Path.of(file).resolveSibling(name);
  }

  private static JsonNode read(Path file) {
    try {
      return Api.JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Command.Result run(String... arguments) {
    return client.run(arguments);
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
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> status(stack), status -> !status.endsWith("_IN_PROGRESS"));
  }

  private String status(String stack) {
    Answer shown = get("/stacks/" + stack);
    return shown.status() == 404
        ? "DELETE_COMPLETE"
        : shown.successful().path("stack").path("stack_status").asString("");
  }

  /** The value of an output. */
  JsonNode output(String stack, String name) {
    for (JsonNode output : get("/stacks/" + stack).successful().path("stack").path("outputs")) {
      if (output.path("output_key").asString("").equals(name)) {
        return output.path("output_value");
      }
    }
    throw new AssertionError(stack + " has no output " + name);
  }

  String statusReason(String stack) {
    return get("/stacks/" + stack)
        .successful()
        .path("stack")
        .path("stack_status_reason")
        .asString("");
  }

  JsonNode metadata(String stack, String resource) {
    String id = get("/stacks/" + stack).successful().path("stack").path("id").asString("");
    return get("/stacks/" + stack + "/" + id + "/resources/" + resource + "/metadata")
        .successful()
        .path("metadata");
  }

  /** Asks Heat itself: looking again and again would be slow with the command. */
  private Answer get(String path) {
    String token = login.path("id").asString("");
    String project = login.path("project_id").asString("");
    return api.send("GET", base + "/" + project + path, "", Map.of("X-Auth-Token", token));
  }
}
