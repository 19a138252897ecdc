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
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenStack Heat that knows nothing of Hotpod, driven by its own client. */
final class StockHeat {
  private static final Duration OPERATION = Duration.ofMinutes(10);

  /** Heat has one engine here, which works while nobody looks. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** One login serves all tests: each would take seconds. */
  private static Optional<JsonNode> known = Optional.empty();

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
    login = login(client);
  }

  private static synchronized JsonNode login(OpenstackCli client) {
    JsonNode issued =
        known.orElseGet(() -> Api.JSON.readTree(client.output("token", "issue", "-f", "json")));
    known = Optional.of(issued);
    return issued;
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
    return apply(verb, stack, file(stack + ".yaml", template), options);
  }

  String apply(String verb, String stack, Path template, String... options) {
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
                template.toString()));
    arguments.addAll(List.of(options));
    arguments.add(stack);
    run(arguments.toArray(String[]::new)).successful();
    return awaitEnd(stack);
  }

  /** Asks for a stack that needs no environment, without the client, and does not wait. */
  void create(String stack, String template, Map<String, String> parameters) {
    send("POST", "/stacks", body(stack, template, parameters)).successful();
  }

  /** As {@link #create} for one that there is. */
  void update(String stack, String template, Map<String, String> parameters) {
    send("PUT", path(stack), body(stack, template, parameters)).successful();
  }

  private static String body(String stack, String template, Map<String, String> parameters) {
    return Api.JSON.writeValueAsString(
        Map.of("stack_name", stack, "template", template, "parameters", parameters));
  }

  /** Deletes a stack and waits until it is gone. */
  String delete(String stack) {
    String path = path(stack);
    send("DELETE", path, "");
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
        .pollInterval(BETWEEN_LOOKS)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> status(stack), status -> !status.endsWith("_IN_PROGRESS"));
  }

  String status(String stack) {
    Answer shown = get("/stacks/" + stack + "?resolve_outputs=False");
    return shown.status() == 404
        ? "DELETE_COMPLETE"
        : shown.successful().path("stack").path("stack_status").asString("");
  }

  /** The value of an output. */
  JsonNode output(String stack, String name) {
    return outputs(stack)
        .optional(name)
        .orElseThrow(() -> new AssertionError(stack + " has no output " + name));
  }

  /** Values by name. */
  ObjectNode outputs(String stack) {
    return Stacks.values(show(stack));
  }

  JsonNode resources(String stack) {
    return get(path(stack) + "/resources").successful().path("resources");
  }

  String statusReason(String stack) {
    return show(stack).path("stack_status_reason").asString("");
  }

  JsonNode metadata(String stack, String resource) {
    return get(path(stack) + "/resources/" + resource + "/metadata").successful().path("metadata");
  }

  /** What Heat itself knows of the deployments of a server. */
  JsonNode deployments(String server) {
    return get("/software_deployments?server_id=" + server)
        .successful()
        .path("software_deployments");
  }

  /** Stops a service of this OpenStack, such as {@code heat-api-cfn}. */
  void stop(String service) {
    serve("stop", service);
  }

  /** Starts one again that was stopped, and returns when it answers. */
  void start(String service) {
    serve("start", service);
  }

  private static void serve(String verb, String service) {
    Command.run(
            OPERATION,
            List.of(
                "/usr/bin/python3",
                Project.script("openstack-heat.py").toString(),
                verb,
                environment("").toString(),
                service))
        .successful();
  }

  private JsonNode show(String stack) {
    return get("/stacks/" + stack).successful().path("stack");
  }

  private String path(String stack) {
    return "/stacks/" + stack + "/" + show(stack).path("id").asString("");
  }

  private Answer get(String path) {
    return send("GET", path, "");
  }

  /** Asks Heat itself: looking again and again would be slow with the command. */
  private Answer send(String method, String path, String body) {
    String token = login.path("id").asString("");
    String project = login.path("project_id").asString("");
    return api.send(method, base + "/" + project + path, body, Map.of("X-Auth-Token", token));
  }
}
