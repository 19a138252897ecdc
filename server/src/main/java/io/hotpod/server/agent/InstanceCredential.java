package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent shows: the id of its instance and a secret, joined by a dot. With the id in it, a
 * foreign credential can be told from a wrong one without searching for it.
 */
record InstanceCredential(String instanceId, String secret) {
  private static final String SCHEME = "Bearer ";

  InstanceCredential {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(secret, "secret is null");
  }

  private static Optional<InstanceCredential> parse(String text) {
    int dot = text.indexOf('.');
    return dot <= 0 || dot == text.length() - 1
        ? Optional.empty()
        : Optional.of(new InstanceCredential(text.substring(0, dot), text.substring(dot + 1)));
  }

  /** As the agent keeps it. */
  String text() {
    return instanceId + "." + secret;
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "InstanceCredential[instanceId=" + instanceId + "]";
  }

  /**
   * The id of the instance that a request is made by, which is the one that its path names.
   *
   * @throws ApiException 401 without a good credential, 403 for another instance's id
   */
  static String authenticate(Request request, InstanceService instances) {
    InstanceCredential credential =
        request
            .header(HeaderNames.AUTHORIZATION)
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .flatMap(value -> parse(value.substring(SCHEME.length()).strip()))
            .filter(shown -> instances.authenticate(shown.instanceId(), shown.secret()))
            .orElseThrow(
                () ->
                    new ApiException(
                        401,
                        "Unauthorized",
                        "This needs the credential that the instance got when it enrolled.",
                        Map.of("WWW-Authenticate", "Bearer")));
    if (!credential.instanceId().equals(request.variable("id"))) {
      throw new ApiException(
          403, "Forbidden", "An instance can read and report only what is its own.");
    }
    return credential.instanceId();
  }
}
