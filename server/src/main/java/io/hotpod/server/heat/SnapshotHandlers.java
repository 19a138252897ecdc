package io.hotpod.server.heat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots of a stack. */
final class SnapshotHandlers {
  private static final String VARIABLE = "snapshot";

  private final StackService stacks;
  private final Callers callers;

  SnapshotHandlers(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  /** Answers with the bare snapshot, as Heat does. */
  Response create(Request request) {
    Optional<ObjectNode> body = request.body();
    Caller caller = callers.changing(request, body);
    String id = Stacks.live(stacks, caller, request).id();
    return Response.json(
        200, json(stacks.snapshot(caller, id, body.flatMap(SnapshotHandlers::name))));
  }

  private static Optional<String> name(ObjectNode body) {
    if (body.path("name").isMissingNode() || body.path("name").isNull()) {
      return Optional.empty();
    }
    if (!body.path("name").isString()) {
      throw ApiException.badRequest("\"name\" takes a string.");
    }
    return Optional.of(body.path("name").stringValue());
  }

  Response list(Request request) {
    Caller caller = callers.of(request);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("snapshots");
    stacks
        .snapshots(caller, Stacks.live(stacks, caller, request).id())
        .forEach(snapshot -> list.add(json(snapshot)));
    return Response.json(200, answer);
  }

  Response show(Request request) {
    Caller caller = callers.of(request);
    String id = Stacks.live(stacks, caller, request).id();
    ObjectNode answer = Json.object();
    answer.set(VARIABLE, json(stacks.findSnapshot(caller, id, request.variable(VARIABLE))));
    return Response.json(200, answer);
  }

  Response delete(Request request) {
    Caller caller = callers.changing(request, Optional.empty());
    String id = Stacks.live(stacks, caller, request).id();
    stacks.deleteSnapshot(caller, id, request.variable(VARIABLE));
    return Response.empty(204);
  }

  Response restore(Request request) {
    Caller caller = callers.changing(request, request.body());
    String id = Stacks.live(stacks, caller, request).id();
    stacks.restore(caller, id, request.variable(VARIABLE));
    return Response.empty(202);
  }

  private static ObjectNode json(Snapshot snapshot) {
    ObjectNode object = Json.object();
    object.put("id", snapshot.id());
    snapshot.name().ifPresentOrElse(name -> object.put("name", name), () -> object.putNull("name"));
    // The one that can be seen: one that is deleted is gone at once.
    object.put("action", Action.CREATE.name()).put("status", snapshot.status().name());
    object.put("status_reason", snapshot.statusReason());
    if (snapshot.data().isEmpty()) {
      object.putNull("data");
    } else {
      object.set("data", snapshot.data());
    }
    return object.put("creation_time", Times.text(snapshot.createdAt()));
  }
}
