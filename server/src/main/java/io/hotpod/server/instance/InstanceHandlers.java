package io.hotpod.server.instance;

import io.hotpod.engine.instance.Drain;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.JoinToken;
import io.hotpod.engine.stack.Caller;
import io.hotpod.server.heat.Times;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.RequestFields;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Instances, and the tokens with which they join. */
final class InstanceHandlers {
  private static final int DEFAULT_MINUTES = 60;
  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  private static final Optional<Boolean> NOT_YET = Optional.empty();

  private final InstanceService instances;
  private final Callers callers;
  private final LongPolls longPolls;
  private final Duration longestWait;

  InstanceHandlers(
      InstanceService instances, Callers callers, LongPolls longPolls, Duration longestWait) {
    this.instances = instances;
    this.callers = callers;
    this.longPolls = longPolls;
    this.longestWait = longestWait;
  }

  Response list(Request request) {
    List<LabelSelector> selectors =
        request.query().all("label").stream().map(LabelSelector::parse).toList();
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("instances");
    instances.list(callers.of(request)).stream()
        .filter(instance -> selectors.stream().allMatch(each -> each.matches(instance.labels())))
        .forEach(instance -> list.add(InstanceJson.full(instance)));
    return Response.json(200, body);
  }

  Response show(Request request) {
    return answer(instances.find(callers.of(request), request.variable("name")));
  }

  private static Response answer(Instance instance) {
    ObjectNode body = Json.object();
    body.set("instance", InstanceJson.full(instance));
    return Response.json(200, body);
  }

  /** Changes what is said about an instance: {@code {"labels": {"zone": "a", "old": null}}}. */
  Response change(Request request) {
    ObjectNode body = request.requiredBody();
    JsonNode labels = body.path("labels");
    if (body.size() != 1 || !labels.isObject()) {
      throw ApiException.badRequest(
          "The body has to be {\"labels\": {...}}: texts, or null for a label to take away.");
    }
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    labels
        .properties()
        .forEach(
            label -> changes.put(label.getKey(), labelValue(label.getKey(), label.getValue())));
    return answer(
        instances.label(
            callers.changing(request, Optional.of(body)), request.variable("name"), changes));
  }

  private static Optional<String> labelValue(String key, JsonNode value) {
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw ApiException.badRequest("The label \"%s\" takes a text, or null.".formatted(key));
    }
    return Optional.of(value.stringValue());
  }

  Response drain(Request request) {
    Optional<ObjectNode> body = request.body();
    boolean stop = RequestFields.flag(body.orElseGet(Json::object), "stop").orElse(false);
    return answer(
        instances.drain(
            callers.changing(request, body),
            request.variable("name"),
            stop ? Drain.PODS_STOPPED : Drain.NO_NEW_PODS));
  }

  Response undrain(Request request) {
    return answer(
        instances.drain(
            callers.changing(request, Optional.empty()), request.variable("name"), Drain.NONE));
  }

  /** Waits a while for the end of the last pod. */
  Response empty(Request request) throws InterruptedException {
    Caller caller = callers.of(request);
    String name = request.variable("name");
    Duration wait = request.query().seconds("wait", longestWait);
    boolean empty =
        longPolls
            .ask(
                wait,
                time -> instances.awaitEmpty(caller, name, time) ? Optional.of(true) : NOT_YET)
            .isPresent();
    return Response.json(200, Json.object().put("empty", empty));
  }

  Response remove(Request request) {
    instances.remove(
        callers.changing(request, Optional.empty()),
        request.variable("name"),
        request.query().flag("force", false));
    return Response.empty(204);
  }

  Response rotate(Request request) {
    instances.rotate(callers.changing(request, Optional.empty()), request.variable("name"));
    return Response.empty(202);
  }

  Response createJoinToken(Request request) {
    Optional<ObjectNode> body = request.body();
    int minutes =
        RequestFields.integer(body.orElseGet(Json::object), "valid_minutes")
            .orElse(DEFAULT_MINUTES);
    if (minutes < 1 || minutes > LONGEST_MINUTES) {
      throw ApiException.badRequest("valid_minutes takes 1 to %d.".formatted(LONGEST_MINUTES));
    }
    JoinToken token =
        instances.createJoinToken(callers.changing(request, body), Duration.ofMinutes(minutes));
    return Response.json(
            201,
            Json.object()
                .put("join_token", token.secret())
                .put("expires_at", Times.text(token.expiresAt())))
        .with("Cache-Control", "no-store");
  }
}
