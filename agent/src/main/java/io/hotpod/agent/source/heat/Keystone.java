package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.source.SourceException;
import java.net.http.HttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Logs in to Keystone, version 3 of its API. */
final class Keystone {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HeatHttp http;

  Keystone(HeatHttp http) {
    this.http = http;
  }

  /**
   * A login.
   *
   * @param heat where Heat's API is, without a slash at the end
   */
  record Session(String token, String heat) {
    /** Leaves out the token. */
    @Override
    public String toString() {
      return "Session[" + heat + "]";
    }
  }

  /** Keystone does not take the user and password: only somebody's change can help. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Logs in.
   *
   * @throws RefusedException when the credentials are refused
   * @throws SourceException when Keystone does not answer, or not as it should
   */
  Session login(KeystoneCredentials credentials) throws InterruptedException {
    String doing = "logging in to Keystone";
    HeatHttp.Answer answer =
        http.send(
            doing,
            HeatHttp.request(doing, credentials.tokensUrl())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(credentials), UTF_8)));
    if (answer.status() == 401 || answer.status() == 403) {
      throw new RefusedException(
          doing + ": user " + credentials.userId() + " is refused (HTTP " + answer.status() + ")");
    }
    if (answer.status() != 201 || answer.token().isEmpty()) {
      throw new SourceException(doing + ": HTTP " + answer.status());
    }
    try {
      JsonNode catalog = JSON.readTree(answer.body()).path("token").path("catalog");
      return new Session(answer.token().get(), heat(doing, catalog, credentials.region()));
    } catch (JacksonException e) {
      throw new SourceException(doing + ": the answer is not JSON", e);
    }
  }

  private static String body(KeystoneCredentials credentials) {
    ObjectNode auth = JsonNodeFactory.instance.objectNode();
    ObjectNode identity = auth.putObject("auth").putObject("identity");
    identity.putArray("methods").add("password");
    identity
        .putObject("password")
        .putObject("user")
        .put("id", credentials.userId())
        .put("password", credentials.password());
    ((ObjectNode) auth.path("auth"))
        .putObject("scope")
        .putObject("project")
        .put("id", credentials.projectId());
    return JSON.writeValueAsString(auth);
  }

  private static String heat(String doing, JsonNode catalog, String region) {
    for (JsonNode service : catalog) {
      if (!service.path("type").asString("").equals("orchestration")) {
        continue;
      }
      for (JsonNode endpoint : service.path("endpoints")) {
        boolean here =
            region.isEmpty()
                || endpoint.path("region").asString("").equals(region)
                || endpoint.path("region_id").asString("").equals(region);
        if (here && endpoint.path("interface").asString("").equals("public")) {
          return endpoint.path("url").asString("").replaceAll("/+$", "");
        }
      }
    }
    throw new SourceException(
        doing
            + ": the catalog has no public endpoint of orchestration"
            + (region.isEmpty() ? "" : " in region " + region));
  }
}
