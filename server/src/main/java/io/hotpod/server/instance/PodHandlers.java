package io.hotpod.server.instance;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods of a project, without what their stacks hide. */
final class PodHandlers {
  private final InstanceService instances;
  private final Callers callers;
  private final Supplier<Function<String, Redaction>> hidden;

  /**
   * @param hidden gives, for one request, what stacks hide by their ids
   */
  PodHandlers(
      InstanceService instances, Callers callers, Supplier<Function<String, Redaction>> hidden) {
    this.instances = instances;
    this.callers = callers;
    this.hidden = hidden;
  }

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("pods");
    Function<String, Redaction> ofStack = hidden.get();
    instances
        .pods(callers.of(request))
        .forEach(pod -> list.add(PodRecordJson.item(pod, ofStack.apply(pod.stackId()))));
    return Response.json(200, body);
  }

  Response show(Request request) {
    ObjectNode body = Json.object();
    PodRecord pod = instances.pod(callers.of(request), request.variable("name"));
    body.set("pod", PodRecordJson.full(pod, hidden.get().apply(pod.stackId())));
    return Response.json(200, body);
  }
}
