package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Which log to read.
 *
 * @param container empty for the pod's only one
 * @param tail the last so many lines; absent: all of them
 * @param follow go on with what is written from now on
 */
public record LogQuery(String podId, String container, OptionalInt tail, boolean follow) {
  public LogQuery {
    requireNonNull(podId, "podId is null");
    requireNonNull(container, "container is null");
    requireNonNull(tail, "tail is null");
  }
}
