package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.hotpod.engine.instance.Authenticity;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
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
    return identify(request, instances).instanceId();
  }

  /**
   * Who makes a request.
   *
   * @param ageing whether it is time for another credential
   */
  record Shown(String instanceId, boolean ageing) {
    Shown {
      requireNonNull(instanceId, "instanceId is null");
    }

    /** The answer, with word of that. */
    Response remind(Response answer) {
      return ageing ? answer.with("Hotpod-Credential", "renew") : answer;
    }
  }

  /**
   * As {@link #authenticate}, and whether the credential should be renewed.
   *
   * @throws ApiException the same
   */
  static Shown identify(Request request, InstanceService instances) {
    InstanceCredential credential =
        request
            .header(HeaderNames.AUTHORIZATION)
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .flatMap(value -> parse(value.substring(SCHEME.length()).strip()))
            .orElseThrow(
                () ->
                    unauthorized(
                        "This needs the credential that the instance got when it enrolled."));
    Authenticity found = instances.authenticate(credential.instanceId(), credential.secret());
    if (found == Authenticity.EXPIRED) {
      throw unauthorized(
          "The instance's credential has expired; it has to join again with a new join token.");
    }
    if (!found.isGood()) {
      throw unauthorized("This needs the credential that the instance got when it enrolled.");
    }
    if (!credential.instanceId().equals(request.variable("id"))) {
      throw new ApiException(
          403, "Forbidden", "An instance can read and report only what is its own.");
    }
    return new Shown(credential.instanceId(), found == Authenticity.AGEING);
  }

  private static ApiException unauthorized(String message) {
    return new ApiException(401, "Unauthorized", message, Map.of("WWW-Authenticate", "Bearer"));
  }
}
