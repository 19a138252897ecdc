package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

/**
 * The answer to an instance that joined.
 *
 * @param credential authenticates that one instance from now on; stored only as a digest
 */
public record Enrolment(String instanceId, String credential) {
  public Enrolment {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(credential, "credential is null");
  }

  /** Leaves out the credential. */
  @Override
  public String toString() {
    return "Enrolment[instanceId=" + instanceId + "]";
  }
}
