package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.InstanceFacts;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A machine that runs an agent.
 *
 * @param id a UUID
 * @param name what templates put in the {@code server} property; unique in the project
 * @param lastSeenAt when it last reported or asked
 * @param connected whether it was seen so lately that its reports can be taken for the present
 * @param desiredVersion of the set that it should have
 * @param appliedVersion of the set that it last said to have taken over
 * @param labels what people say about it
 * @param drain whether it takes pods
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
    Optional<InstanceFacts> facts,
    Credential credential,
    Map<String, String> labels,
    Drain drain) {
  /**
   * What is known of its credential.
   *
   * @param renewing whether somebody asked for another one that was not used yet
   */
  public record Credential(Instant issuedAt, Instant expiresAt, boolean renewing) {
    public Credential {
      requireNonNull(issuedAt, "issuedAt is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }

  public Instance {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(name, "name is null");
    requireNonNull(enrolledAt, "enrolledAt is null");
    requireNonNull(lastSeenAt, "lastSeenAt is null");
    requireNonNull(facts, "facts is null");
    requireNonNull(credential, "credential is null");
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    requireNonNull(drain, "drain is null");
  }
}
