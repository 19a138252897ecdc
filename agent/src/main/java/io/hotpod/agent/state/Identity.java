package io.hotpod.agent.state;

import static java.util.Objects.requireNonNull;

/**
 * Who this instance is to its server.
 *
 * @param credential secret; sent as a bearer token
 */
public record Identity(String instanceId, String credential) {
  public Identity {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(credential, "credential is null");
  }

  /** Leaves out the credential. */
  @Override
  public String toString() {
    return "Identity[" + instanceId + "]";
  }
}
