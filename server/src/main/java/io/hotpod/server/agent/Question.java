package io.hotpod.server.agent;

import tools.jackson.databind.node.ObjectNode;

/** What an instance can be asked for. */
sealed interface Question permits LogQuery, ExecQuery {
  /** Adds to a request what the agent has to know. */
  void describe(ObjectNode request);
}
