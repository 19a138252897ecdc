package io.hotpod.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A server's HTTP interface. Thread-safe. */
final class Api {
  static final JsonMapper JSON = new JsonMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final HttpClient CLIENT = client(HttpClient.Redirect.NEVER);
  private static final HttpClient FOLLOWING = client(HttpClient.Redirect.NORMAL);

  private final URI server;
  private final HttpClient client;

  Api(URI server) {
    this(server, CLIENT);
  }

  private Api(URI server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  /** One that goes where a redirect says. */
  static Api following(URI server) {
    return new Api(server, FOLLOWING);
  }

  private static HttpClient client(HttpClient.Redirect redirect) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .followRedirects(redirect)
        .build();
  }

  URI server() {
    return server;
  }

  Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  Answer send(String method, String path, String body, Map<String, String> headers) {
    try {
      return exchange(method, path, body, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted during " + method + " " + path, e);
    }
  }

  /**
   * Sends a request.
   *
   * @param body JSON; none where empty
   * @throws IOException when the server does not answer
   */
  Answer exchange(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, UTF_8));
    headers.forEach(request::header);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    return new Answer(response.statusCode(), tree(response.body()));
  }

  private static JsonNode tree(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
