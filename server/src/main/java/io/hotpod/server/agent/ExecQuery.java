package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which command to run in which container.
 *
 * @param container empty for the pod's only one
 * @param command program and arguments; may hold secrets
 * @param input whether the person gives it standard input
 * @param terminal whether it gets one, of {@code rows} and {@code columns}
 */
public record ExecQuery(
    String podId,
    String container,
    List<String> command,
    boolean input,
    boolean terminal,
    int rows,
    int columns)
    implements Question {
  public ExecQuery {
    requireNonNull(podId, "podId is null");
    requireNonNull(container, "container is null");
    command = List.copyOf(command);
  }

  @Override
  public void describe(ObjectNode request) {
    request.put("kind", "exec").put("pod_id", podId).put("container", container);
    request.put("follow", true).put("input", input).put("terminal", terminal);
    request.put("rows", rows).put("columns", columns);
    ArrayNode words = request.putArray("command");
    command.forEach(words::add);
  }

  /** Leaves out the command. */
  @Override
  public String toString() {
    return "ExecQuery[podId=" + podId + ", container=" + container + "]";
  }
}
