package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

/**
 * A user of Keystone, as Heat makes them for servers and deployments.
 *
 * @param authUrl with or without a version at its end
 * @param region empty for any
 */
public record KeystoneCredentials(
    String authUrl, String userId, String password, String projectId, String region) {
  public KeystoneCredentials {
    requireNonNull(authUrl, "authUrl is null");
    requireNonNull(userId, "userId is null");
    requireNonNull(password, "password is null");
    requireNonNull(projectId, "projectId is null");
    requireNonNull(region, "region is null");
  }

  /** Where tokens are made: always version 3 of the API. */
  String tokensUrl() {
    String base = authUrl.replaceAll("/+$", "").replaceAll("/v(2\\.0|3)$", "");
    return base + "/v3/auth/tokens";
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "KeystoneCredentials[" + userId + " at " + authUrl + "]";
  }
}
