package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

/**
 * Whether the runtime answers.
 *
 * @param name {@code podman}
 * @param version empty while it was never heard
 * @param problem for people: why it does not answer and what happens next; empty when it does
 */
public record RuntimeHealth(String name, String version, String problem) {
  public RuntimeHealth {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(problem, "problem is null");
  }
}
