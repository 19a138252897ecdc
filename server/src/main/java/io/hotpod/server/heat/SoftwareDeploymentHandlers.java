package io.hotpod.server.heat;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Status;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.RequestFields;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Software deployments, and what a machine has to work on. */
final class SoftwareDeploymentHandlers {
  private static final HeaderName PREFER = HeaderNames.create("Prefer");
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,6})(?:$|[,;\\s])");

  private final SoftwareService software;
  private final Callers callers;
  private final LongPolls longPolls;
  private final Duration longestWait;

  SoftwareDeploymentHandlers(
      SoftwareService software, Callers callers, LongPolls longPolls, Duration longestWait) {
    this.software = software;
    this.callers = callers;
    this.longPolls = longPolls;
    this.longestWait = longestWait;
  }

  Response list(Request request) {
    Caller caller = callers.of(request);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("software_deployments");
    software
        .deployments(caller, request.query().last("server_id"))
        .forEach(deployment -> list.add(json(deployment)));
    return Response.json(200, body);
  }

  Response create(Request request) {
    ObjectNode body = request.requiredBody();
    Caller caller = callers.changing(request, Optional.of(body));
    return answer(software.createDeployment(caller, read(body)));
  }

  Response show(Request request) {
    return answer(software.deployment(callers.of(request), request.variable("deployment")));
  }

  Response update(Request request) {
    ObjectNode body = request.requiredBody();
    Caller caller = callers.changing(request, Optional.of(body));
    return answer(software.updateDeployment(caller, request.variable("deployment"), read(body)));
  }

  Response delete(Request request) {
    software.deleteDeployment(
        callers.changing(request, Optional.empty()), request.variable("deployment"));
    return Response.empty(204);
  }

  /** Waits for a change when it is asked to, as the agent API does. */
  Response metadata(Request request) throws InterruptedException {
    Caller caller = callers.of(request);
    String server = request.variable("server");
    Optional<String> known =
        request.header(HeaderNames.IF_NONE_MATCH).map(tag -> tag.strip().replace("\"", ""));
    Optional<SoftwareService.MachineConfigs> configs =
        longPolls.ask(wait(request), time -> software.machine(caller, server, known, time));
    if (configs.isEmpty()) {
      return Response.empty(304);
    }
    ObjectNode body = Json.object();
    body.set("metadata", configs.get().configs());
    return Response.json(200, body)
        .with("ETag", "\"" + configs.get().revision() + "\"")
        .with("Cache-Control", "no-store");
  }

  private Duration wait(Request request) {
    Matcher wait = WAIT.matcher(request.header(PREFER).orElse(""));
    return wait.find()
        ? Duration.ofSeconds(Math.min(Integer.parseInt(wait.group(1)), longestWait.toSeconds()))
        : Duration.ZERO;
  }

  private static SoftwareService.DeploymentRequest read(ObjectNode body) {
    return new SoftwareService.DeploymentRequest(
        RequestFields.text(body, "config_id"),
        RequestFields.text(body, "server_id"),
        map(body, "input_values"),
        map(body, "output_values"),
        RequestFields.text(body, "action"),
        RequestFields.text(body, "status").map(SoftwareDeploymentHandlers::status),
        RequestFields.text(body, "status_reason"));
  }

  private static Status status(String name) {
    List<String> names = Stream.of(Status.values()).map(Enum::name).toList();
    if (!names.contains(name)) {
      throw ApiException.badRequest("\"status\" takes one of %s.".formatted(names));
    }
    return Status.valueOf(name);
  }

  /** A map; absent when it is null. */
  static Optional<ObjectNode> map(ObjectNode body, String field) {
    Optional<JsonNode> value = RequestFields.value(body, field);
    if (value.isPresent() && !value.get().isObject()) {
      throw ApiException.badRequest("\"%s\" takes a map.".formatted(field));
    }
    return value.map(ObjectNode.class::cast);
  }

  private static Response answer(SoftwareDeployment deployment) {
    ObjectNode body = Json.object();
    body.set("software_deployment", json(deployment));
    return Response.json(200, body);
  }

  private static ObjectNode json(SoftwareDeployment deployment) {
    ObjectNode json = Json.object();
    json.put("id", deployment.id());
    json.put("server_id", deployment.serverId());
    json.put("config_id", deployment.configId());
    json.set("input_values", deployment.inputValues());
    json.set("output_values", deployment.outputValues());
    json.put("action", deployment.action());
    json.put("status", deployment.status().name());
    json.put("status_reason", deployment.statusReason());
    json.put("creation_time", Times.text(deployment.createdAt()));
    Times.put(json, "updated_time", deployment.updatedAt());
    return json;
  }
}
