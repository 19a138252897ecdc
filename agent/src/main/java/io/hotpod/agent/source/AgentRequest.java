package io.hotpod.agent.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * Somebody asks for the output of a container, or to run a command in one.
 *
 * @param id names the question in its answer
 * @param kind {@code logs} or {@code exec}; others are answered with an error
 * @param podId of the desired pod
 * @param container empty for the first one
 * @param tail of logs: the newest lines only; empty for all
 * @param follow of logs: go on with what is written from now on
 * @param command to run; may hold secrets
 * @param input whether the command gets standard input
 * @param terminal whether it gets a terminal, of so many rows and columns
 */
public record AgentRequest(
    String id,
    String kind,
    @JsonProperty("pod_id") String podId,
    String container,
    Optional<Integer> tail,
    boolean follow,
    List<String> command,
    boolean input,
    boolean terminal,
    int rows,
    int columns) {
  public AgentRequest {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(podId, "podId is null");
    container = container == null ? "" : container;
    tail = tail == null ? Optional.empty() : tail;
    command = command == null ? List.of() : List.copyOf(command);
  }

  /** Leaves out the command. */
  @Override
  public String toString() {
    return "AgentRequest[" + kind + " " + id + "]";
  }
}
