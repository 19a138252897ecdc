package io.hotpod.agent.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Somebody asks for the output of a container.
 *
 * @param id names the question in its answer
 * @param kind {@code logs}; others are answered with an error
 * @param podId of the desired pod
 * @param container empty for the first one
 * @param tail the newest lines only; empty for all
 */
public record LogRequest(
    String id,
    String kind,
    @JsonProperty("pod_id") String podId,
    String container,
    Optional<Integer> tail,
    boolean follow) {
  public LogRequest {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(podId, "podId is null");
    container = container == null ? "" : container;
    tail = tail == null ? Optional.empty() : tail;
  }
}
