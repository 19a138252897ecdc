package io.hotpod.server.instance;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods of a project. */
final class PodHandlers {
  private final InstanceService instances;
  private final Callers callers;

  PodHandlers(InstanceService instances, Callers callers) {
    this.instances = instances;
    this.callers = callers;
  }

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("pods");
    instances.pods(callers.of(request)).forEach(pod -> list.add(PodRecordJson.item(pod)));
    return Response.json(200, body);
  }

  Response show(Request request) {
    ObjectNode body = Json.object();
    body.set(
        "pod", PodRecordJson.full(instances.pod(callers.of(request), request.variable("name"))));
    return Response.json(200, body);
  }
}
