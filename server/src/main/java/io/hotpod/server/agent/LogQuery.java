package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which log to read.
 *
 * @param container empty for the pod's only one
 * @param tail the last so many lines; absent: all of them
 * @param follow go on with what is written from now on
 */
public record LogQuery(String podId, String container, OptionalInt tail, boolean follow)
    implements Question {
  public LogQuery {
    requireNonNull(podId, "podId is null");
    requireNonNull(container, "container is null");
    requireNonNull(tail, "tail is null");
  }

  /** {@code tail} is left out when all lines are wanted. */
  @Override
  public void describe(ObjectNode request) {
    request.put("kind", "logs").put("pod_id", podId);
    request.put("container", container).put("follow", follow);
    tail.ifPresent(lines -> request.put("tail", lines));
  }
}
