package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which command to run in which container.
 *
 * @param podId id of the desired pod
 * @param container name in the manifest; empty for the pod's first container
 * @param command program and arguments; may hold secrets
 * @param input whether it gets standard input
 * @param terminal whether it gets a terminal, of so many rows and columns
 */
public record ExecQuery(
    String podId,
    String container,
    List<String> command,
    boolean input,
    boolean terminal,
    int rows,
    int columns) {
  public ExecQuery {
    requireNonNull(podId, "podId is null");
    requireNonNull(container, "container is null");
    command = List.copyOf(command);
  }

  /** Leaves out the command. */
  @Override
  public String toString() {
    return "ExecQuery[podId=" + podId + ", container=" + container + "]";
  }
}
