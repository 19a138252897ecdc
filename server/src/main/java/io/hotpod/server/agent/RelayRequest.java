package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that an instance is asked for.
 *
 * @param output from the instance
 * @param input to the instance
 */
record RelayRequest(String id, Question question, Pipe output, Pipe input) {
  RelayRequest {
    requireNonNull(id, "id is null");
    requireNonNull(question, "question is null");
    requireNonNull(output, "output is null");
    requireNonNull(input, "input is null");
  }

  /** As the agent gets it. */
  ObjectNode toJson() {
    ObjectNode object = Json.object();
    object.put("id", id);
    question.describe(object);
    return object;
  }
}
