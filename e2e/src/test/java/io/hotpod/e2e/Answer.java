package io.hotpod.e2e;

import tools.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param body a missing node where there was none, or none that is JSON
 */
record Answer(int status, JsonNode body) {
  /** The body of a request that had to succeed. */
  JsonNode successful() {
    if (status >= 300) {
      throw new AssertionError("refused: " + this);
    }
    return body;
  }

  /** Why it was refused, in the words for people. */
  String error() {
    return body.path("error").path("message").asString("");
  }
}
