package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which lines of which container.
 *
 * @param podId id of the desired pod
 * @param container name in the manifest; empty for the pod's first container
 * @param tail the newest lines only; empty for all
 * @param follow go on with what is written from now on
 */
public record LogQuery(String podId, String container, Optional<Integer> tail, boolean follow) {
  public LogQuery {
    requireNonNull(podId, "podId is null");
    requireNonNull(container, "container is null");
    requireNonNull(tail, "tail is null");
  }
}
