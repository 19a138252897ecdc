package io.hotpod.agent.runtime.podman;

import org.jspecify.annotations.Nullable;

/** When a container that ended is started again. */
enum RestartPolicy {
  ALWAYS,
  ON_FAILURE,
  NEVER;

  static RestartPolicy of(@Nullable String name) {
    return switch (name == null ? "Always" : name) {
      case "Never" -> NEVER;
      case "OnFailure" -> ON_FAILURE;
      default -> ALWAYS;
    };
  }

  boolean restarts(int exitCode) {
    return this == ALWAYS || (this == ON_FAILURE && exitCode != 0);
  }

  /** The policy for an init container: once it succeeded, it is over. */
  RestartPolicy forInit() {
    return this == ALWAYS ? ON_FAILURE : this;
  }
}
