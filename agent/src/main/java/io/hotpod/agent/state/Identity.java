package io.hotpod.agent.state;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who this instance is to its server.
 *
 * @param credential secret; sent as a bearer token
 * @param name that it was enrolled under; empty in what a version wrote that did not keep it
 */
public record Identity(String instanceId, String credential, Optional<String> name) {
  public Identity {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(credential, "credential is null");
    requireNonNull(name, "name is null");
  }

  /** Leaves out the credential. */
  @Override
  public String toString() {
    return "Identity[" + instanceId + "]";
  }
}
