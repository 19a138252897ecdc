package io.hotpod.cli.client;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.http.LateTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One project of one server. Every call has a deadline. Thread-safe.
 *
 * <p>Refusals of the server are {@link ApiException}, everything else that goes wrong on the way is
 * {@link UnreachableException}.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MANY = 64 * 1024 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final URI server;
  private final String base;
  private final Optional<String> authorization;
  private final Duration answer;
  private final HttpClient http;

  /**
   * A client; opens no connection yet.
   *
   * @param server its URL without a trailing slash
   */
  public ApiClient(URI server, String project) {
    this(server, project, Optional.empty(), Optional.empty());
  }

  /**
   * A client that shows who it is.
   *
   * @param authorization the value of the header Authorization
   * @param authorities who may have signed the server's certificate; else whom Java trusts
   */
  public ApiClient(
      URI server,
      String project,
      Optional<String> authorization,
      Optional<SSLContext> authorities) {
    this(server, project, authorization, authorities, CONNECT, ANSWER);
  }

  ApiClient(
      URI server,
      String project,
      Optional<String> authorization,
      Optional<SSLContext> authorities,
      Duration connect,
      Duration answer) {
    this.authorization = requireNonNull(authorization, "authorization is null");
    this.server = requireNonNull(server, "server is null");
    this.base = server + "/v1/" + Paths.encode(project);
    this.answer = requireNonNull(answer, "answer is null");
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(connect)
            .sslContext(authorities.orElseGet(LateTls::new))
            .build();
  }

  /** The server's URL. */
  public URI server() {
    return server;
  }

  /** Reads something; {@code path} is below the project, with its query. */
  public JsonNode get(String path) {
    return get(path, Duration.ZERO);
  }

  /**
   * Reads something that the server may hold back.
   *
   * @param waiting how long the server was asked to wait at most
   */
  public JsonNode get(String path, Duration waiting) {
    return call(request(path, answer.plus(waiting)).GET().build());
  }

  /** Creates something or asks for an action. */
  public JsonNode post(String path, JsonNode body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  /** Replaces something. */
  public JsonNode put(String path, JsonNode body, Map<String, String> headers) {
    return send("PUT", path, body, headers);
  }

  /** Changes a part of something. */
  public JsonNode patch(String path, JsonNode body) {
    return send("PATCH", path, body, Map.of());
  }

  /** Removes something. */
  public void delete(String path) {
    call(request(path, answer).DELETE().build());
  }

  /** Removes something that leaves an answer behind. */
  public JsonNode deleteAnswered(String path) {
    return call(request(path, answer).DELETE().build());
  }

  /**
   * Opens a stream of text, such as logs. The deadline holds until the answer begins; the stream
   * then lasts as long as the server keeps it.
   */
  public InputStream stream(String path) {
    return open(request(path, answer).GET().build()).body();
  }

  private HttpResponse<InputStream> open(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (InputStream body = response.body()) {
          byte[] bytes = body.readNBytes(MANY);
          throw refusal(response.statusCode(), bytes);
        }
      }
      return response;
    } catch (IOException failure) {
      throw unreachable(request, failure);
    } catch (InterruptedException interruption) {
      throw interrupted(request, interruption);
    }
  }

  /** A stream of bytes that the server began, and what it calls it. */
  public record Conversation(String id, InputStream output) {
    public Conversation {
      requireNonNull(id, "id is null");
      requireNonNull(output, "output is null");
    }
  }

  /** Begins a conversation. The deadline holds until the server begins to answer. */
  public Conversation converse(String path, JsonNode body) {
    HttpRequest request =
        request(path, answer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
            .build();
    HttpResponse<InputStream> response = open(request);
    return new Conversation(
        response.headers().firstValue("Hotpod-Session").orElse(""), response.body());
  }

  /** Hands over bytes of a conversation. */
  public void say(String path, byte[] bytes) {
    call(
        request(path, answer)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private JsonNode send(String method, String path, JsonNode body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path, answer)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
    headers.forEach(request::header);
    return call(request.build());
  }

  private HttpRequest.Builder request(String path, Duration deadline) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(deadline)
            .header("Accept", "application/json");
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode call(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.statusCode(), response.body());
      }
      return response.body().length == 0 || response.statusCode() == 204
          ? MAPPER.nullNode()
          : parse(response.body());
    } catch (IOException failure) {
      throw unreachable(request, failure);
    } catch (InterruptedException interruption) {
      throw interrupted(request, interruption);
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException failure) {
      throw strange(200, failure);
    }
  }

  private RuntimeException refusal(int status, byte[] body) {
    try {
      return ErrorBody.read(status, MAPPER.readTree(body));
    } catch (JacksonException failure) {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      return status == 404 || text.startsWith("<") || text.isEmpty() || text.length() > 300
          ? strange(status, failure)
          : new ApiException(status, "", text, java.util.List.of());
    }
  }

  private UnreachableException strange(int status, Exception cause) {
    return new UnreachableException(
        server + " does not answer like a Hotpod server (HTTP " + status + ", no JSON).",
        "Check --server or HOTPOD_SERVER.",
        false,
        cause);
  }

  private UnreachableException unreachable(HttpRequest request, IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return new UnreachableException(
          "the server at " + server + " did not answer " + what(request) + " in time.",
          "It may be busy or stuck; try again, or look at its log.",
          !(failure instanceof HttpConnectTimeoutException),
          failure);
    }
    if (failure instanceof SSLException && cause(failure).contains("plaintext connection")) {
      return new UnreachableException(
          "what listens at " + server + " speaks no TLS.",
          "Give its http:// URL where it is this machine, or a server's that speaks TLS.",
          false,
          failure);
    }
    if (failure instanceof SSLHandshakeException) {
      return new UnreachableException(
          "the certificate of " + server + " is not trusted: " + cause(failure) + ".",
          "Name who signed it with --ca-file FILE or HOTPOD_CA_FILE.",
          false,
          failure);
    }
    if (failure instanceof ConnectException) {
      return new UnreachableException(
          "no server answers at " + server + ".",
          "Start one with 'hotpod dev', or name another with --server URL or HOTPOD_SERVER.",
          false,
          failure);
    }
    return new UnreachableException(
        "the connection to " + server + " broke during " + what(request) + ": " + cause(failure),
        "Try again; what the server accepted goes on.",
        true,
        failure);
  }

  private UnreachableException interrupted(HttpRequest request, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new UnreachableException(
        "interrupted during " + what(request) + " at " + server + ".", "Try again.", false, cause);
  }

  private static String what(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  private static String cause(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
