package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** A log that an instance is asked for. */
record LogRequest(String id, LogQuery query, Pipe pipe) {
  LogRequest {
    requireNonNull(id, "id is null");
    requireNonNull(query, "query is null");
    requireNonNull(pipe, "pipe is null");
  }

  /** As the agent gets it; {@code tail} is left out when all lines are wanted. */
  ObjectNode toJson() {
    ObjectNode object = Json.object();
    object.put("id", id).put("kind", "logs").put("pod_id", query.podId());
    object.put("container", query.container()).put("follow", query.follow());
    query.tail().ifPresent(lines -> object.put("tail", lines));
    return object;
  }
}
