package io.hotpod.server.keystone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks a Keystone about tokens, with a token of its own that it renews by itself. Every call has a
 * deadline. Thread-safe.
 */
final class KeystoneClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeystoneClient.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int UNAUTHORIZED = 401;

  private final String tokens;
  private final ServiceUser user;
  private final HttpClient http;
  private final ReentrantLock login = new ReentrantLock();
  private volatile Optional<String> own = Optional.empty();

  /**
   * A client; asks nothing yet.
   *
   * @param v3 the URL of the Identity API, which ends in {@code /v3}
   */
  KeystoneClient(URI v3, ServiceUser user) {
    this.tokens = v3 + "/auth/tokens";
    this.user = user;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
  }

  /**
   * What Keystone says of a token; empty when it is not good.
   *
   * @throws ApiException 503 when Keystone cannot be asked
   */
  Optional<JsonNode> describe(String subject) {
    if (!isSendable(subject)) {
      return Optional.empty();
    }
    Optional<String> before = own;
    HttpResponse<byte[]> response = ask(subject, before.orElseGet(() -> renew(Optional.empty())));
    if (response.statusCode() == UNAUTHORIZED) {
      // The server's own token has expired, or was revoked.
      response = ask(subject, renew(before));
    }
    return switch (response.statusCode()) {
      case 200 -> Optional.of(json(response, "looking at a token").path("token"));
      // It is not found, or cannot even be looked for.
      case 400, 404, 413, 414, 431 -> Optional.empty();
      default -> throw failed("looking at a token", "HTTP " + response.statusCode());
    };
  }

  /** Keystone's tokens are of letters, digits and a few signs; a header takes no others either. */
  private static boolean isSendable(String token) {
    return !token.isEmpty() && token.chars().allMatch(each -> each > ' ' && each < 127);
  }

  private HttpResponse<byte[]> ask(String subject, String ownToken) {
    HttpRequest.Builder request =
        request(tokens + "?nocatalog=1")
            .header("X-Auth-Token", ownToken)
            .header("X-Subject-Token", subject);
    return send(request.GET().build(), "looking at a token");
  }

  /** A new token of the server's own, unless another thread has got one meanwhile. */
  private String renew(Optional<String> before) {
    login.lock();
    try {
      if (own.isPresent() && !own.equals(before)) {
        return own.get();
      }
      String doing = "logging in as " + user.name();
      HttpRequest request =
          request(tokens)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(Json.write(user.login()).getBytes(UTF_8)))
              .build();
      HttpResponse<byte[]> response = send(request, doing);
      if (response.statusCode() != 201) {
        throw failed(doing, "HTTP " + response.statusCode());
      }
      String token =
          response
              .headers()
              .firstValue("X-Subject-Token")
              .orElseThrow(() -> failed(doing, "the answer has no X-Subject-Token"));
      own = Optional.of(token);
      return token;
    } finally {
      login.unlock();
    }
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri))
        .timeout(DEADLINE)
        .header("Accept", "application/json");
  }

  private HttpResponse<byte[]> send(HttpRequest request, String doing) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw failed(
          doing, "" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(doing, "interrupted");
    }
  }

  private JsonNode json(HttpResponse<byte[]> response, String doing) {
    try {
      return Json.read(response.body());
    } catch (JacksonException e) {
      throw failed(doing, "the answer is no JSON");
    }
  }

  private ApiException failed(String doing, String why) {
    LOG.warn("Keystone could not be asked, {} at {}: {}", doing, tokens, why);
    return new ApiException(
        503,
        "ServiceUnavailable",
        "Keystone could not be asked whose token this is; try again soon. The server's log says"
            + " why.",
        Map.of("Retry-After", "5"));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
