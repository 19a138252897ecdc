package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.source.SourceException;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Signals by each transport that a deployment may name. */
final class HttpSignaller implements Signaller {
  private static final String DOING = "signalling Heat";

  /**
   * Before an object is written. Heat takes it only when it is newer, by whole seconds, than the
   * moment at which Heat began to wait; one that came in the same second would never be looked at.
   */
  static final Duration BEFORE_OBJECT = Duration.ofMillis(1600);

  /** Below the size of a body that Heat takes by default, with room for escapes. */
  private static final int LONGEST_TEXT = 200_000;

  private final HeatHttp http;
  private final Keystone keystone;
  private final Duration beforeObject;

  HttpSignaller(HeatHttp http) {
    this(http, BEFORE_OBJECT);
  }

  /**
   * @param beforeObject how long a signal waits that is an object in a store
   */
  HttpSignaller(HeatHttp http, Duration beforeObject) {
    this.http = http;
    this.keystone = new Keystone(http);
    this.beforeObject = beforeObject;
  }

  @Override
  public void send(SignalRecord signal) throws InterruptedException {
    String body = JsonMapper.shared().writeValueAsString(trimmed(signal.outputs()));
    switch (signal.transport()) {
      case SignalTransport.None none -> {}
      case SignalTransport.SignedUrl url -> {
        if (url.isObject()) {
          Thread.sleep(beforeObject);
        }
        check(send(HeatHttp.request(DOING, url.url()), url.verb(), body));
      }
      case SignalTransport.HeatApi api -> {
        Keystone.Session session = login(api);
        String path = HeatPaths.resource(api.stackId(), api.resourceName()) + "/signal";
        check(
            send(
                HeatHttp.request(DOING, session.heat() + path)
                    .header("X-Auth-Token", session.token()),
                "POST",
                body));
      }
    }
  }

  private HeatHttp.Answer send(HttpRequest.Builder request, String verb, String body)
      throws InterruptedException {
    return http.send(
        DOING,
        request
            .header("Content-Type", "application/json")
            .header("Content-Digest", digest(body))
            .method(verb, HttpRequest.BodyPublishers.ofString(body, UTF_8)));
  }

  /** By RFC 9530: a signal that a proxy cuts short must not be taken for a whole one. */
  private static String digest(String body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Keystone.Session login(SignalTransport.HeatApi api) throws InterruptedException {
    try {
      return keystone.login(api.credentials());
    } catch (Keystone.RefusedException e) {
      // Keystone may be told of the user a moment later, so this is not the last word.
      throw new SourceException(DOING + ": " + e.getMessage(), e);
    }
  }

  private static void check(HeatHttp.Answer answer) {
    switch (answer.status()) {
      case 200, 201, 202, 204 -> {}
      case 400, 404, 405, 409, 410, 413 ->
          throw new SignalRefusedException(DOING + ": HTTP " + answer.status());
      default -> throw new SourceException(DOING + ": HTTP " + answer.status());
    }
  }

  /** The ends of long texts, where the reason stands. */
  private static JsonNode trimmed(JsonNode outputs) {
    JsonNode copy = outputs.deepCopy();
    if (copy instanceof ObjectNode object) {
      for (String name : new String[] {"deploy_stdout", "deploy_stderr"}) {
        Optional<String> text = object.optional(name).map(value -> value.asString(""));
        if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
          object.put(name, text.get().substring(text.get().length() - LONGEST_TEXT));
        }
      }
    }
    return copy;
  }
}
