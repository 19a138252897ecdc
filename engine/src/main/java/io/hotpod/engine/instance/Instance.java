package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.InstanceFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine that runs an agent.
 *
 * @param id a UUID
 * @param name what templates put in the {@code server} property; unique in the project
 * @param lastSeenAt when it last reported or asked
 * @param connected whether it was seen so lately that its reports can be taken for the present
 * @param desiredVersion of the set that it should have
 * @param appliedVersion of the set that it last said to have taken over
 */
public record Instance(
    String id,
    String project,
    String name,
    Instant enrolledAt,
    Optional<Instant> lastSeenAt,
    boolean connected,
    long desiredVersion,
    long appliedVersion,
    Optional<InstanceFacts> facts) {
  public Instance {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(name, "name is null");
    requireNonNull(enrolledAt, "enrolledAt is null");
    requireNonNull(lastSeenAt, "lastSeenAt is null");
    requireNonNull(facts, "facts is null");
  }
}
