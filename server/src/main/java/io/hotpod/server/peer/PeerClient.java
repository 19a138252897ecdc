package io.hotpod.server.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.hotpod.engine.servers.PeerAddress;
import io.hotpod.engine.servers.Peers;
import io.hotpod.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Asks other servers on the same database. Thread-safe. */
public final class PeerClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 1024 * 1024;
  private static final String ADVICE =
      "start it with --peer-url and an address under which the other servers reach it itself.";

  private final Peers peers;
  private final Clock clock;
  private final ReentrantLock making = new ReentrantLock();
  private final PeerTrust trust = PeerTrust.create();
  private @Nullable HttpClient client;

  public PeerClient(Peers peers, Clock clock) {
    this.peers = requireNonNull(peers, "peers is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * An answer.
   *
   * @param body missing where there is none
   */
  public record Answer(int status, JsonNode body) {
    /** The kind of a refusal; empty otherwise. */
    public String type() {
      return body.at("/error/type").asString("");
    }

    /** What a refusal says; empty otherwise. */
    public String message() {
      return body.at("/error/message").asString("");
    }
  }

  /** A server that is to be asked, and where. */
  private record Place(Peers.Peer peer, PeerAddress address) {}

  /** A text as it may stand between two slashes. */
  public static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @param home id of the server
   * @param patience that the server itself has in answering
   */
  public Answer post(String home, String path, byte[] body, Duration patience)
      throws PeerUnreachableException, InterruptedException {
    return post(home, path, body, patience, Map.of());
  }

  /** The same, saying in a header why there is nothing to say. */
  public Answer fail(String home, String path, String header, String why)
      throws PeerUnreachableException, InterruptedException {
    return post(home, path, new byte[0], Duration.ZERO, Map.of(header, why));
  }

  private Answer post(
      String home, String path, byte[] body, Duration patience, Map<String, String> headers)
      throws PeerUnreachableException, InterruptedException {
    Place place = place(home);
    HttpRequest.Builder request =
        request(place, "POST", path, BodyPublishers.ofByteArray(body))
            .header("Content-Type", "application/octet-stream");
    headers.forEach(request::header);
    return answer(
        place, await(place, send(place, request.build(), whole()), ANSWER.plus(patience)));
  }

  /**
   * Begins to read what a server says for as long as it likes.
   *
   * @return empty when it has nothing to say, by 404; to be closed
   */
  public Optional<InputStream> read(String home, String path)
      throws PeerUnreachableException, InterruptedException {
    Place place = place(home);
    HttpRequest request = request(place, "GET", path, BodyPublishers.noBody()).build();
    HttpResponse<InputStream> response =
        await(place, send(place, request, BodyHandlers.ofInputStream()), ANSWER);
    if (response.statusCode() == 200) {
      return Optional.of(response.body());
    }
    try (InputStream body = response.body()) {
      Answer answer = answer(place, response.statusCode(), body.readNBytes(LONGEST_ANSWER));
      if (answer.status() == 404) {
        return Optional.empty();
      }
      throw unreachable(place, "it answers " + answer.status() + " " + answer.message(), null);
    } catch (IOException e) {
      throw unreachable(place, String.valueOf(e.getMessage()), e);
    }
  }

  /** Begins to write to a server; to be closed. */
  public PeerUpload upload(String home, String path)
      throws PeerUnreachableException, InterruptedException {
    Place place = place(home);
    PeerUpload upload = new PeerUpload();
    HttpRequest request =
        request(place, "POST", path, upload.body())
            .header("Content-Type", "application/octet-stream")
            .build();
    upload.sentAs(send(place, request, whole()));
    Optional<Throwable> failure = upload.awaitBegun(ANSWER);
    if (failure.isPresent()) {
      upload.close();
      throw unreachable(place, reason(failure.get()), failure.get());
    }
    return upload;
  }

  private static BodyHandler<byte[]> whole() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER);
  }

  private HttpRequest.Builder request(Place place, String method, String path, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(place.address().uri() + path))
        .method(method, body)
        .header("Authorization", PeerProof.of(peers, clock, place.peer().id(), method, path));
  }

  private <T> CompletableFuture<HttpResponse<T>> send(
      Place place, HttpRequest request, BodyHandler<T> handler) {
    trust.expect(place.address().uri(), place.address().certificate());
    return client().sendAsync(request, handler);
  }

  private <T> HttpResponse<T> await(
      Place place, CompletableFuture<HttpResponse<T>> sent, Duration patience)
      throws PeerUnreachableException, InterruptedException {
    try {
      return sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unreachable(
          place, "nothing was heard of it for %d seconds".formatted(patience.toSeconds()), e);
    } catch (ExecutionException e) {
      throw unreachable(place, reason(e), e);
    } finally {
      sent.cancel(true);
    }
  }

  private Answer answer(Place place, HttpResponse<byte[]> response)
      throws PeerUnreachableException {
    return answer(place, response.statusCode(), response.body());
  }

  private Answer answer(Place place, int status, byte[] body) throws PeerUnreachableException {
    Answer answer = new Answer(status, json(place, status, body));
    if (status == 401 || status == 403 || status == 421) {
      throw unreachable(
          place, "what is there answers %d: %s".formatted(status, answer.message()), null);
    }
    return answer;
  }

  private JsonNode json(Place place, int status, byte[] body) throws PeerUnreachableException {
    try {
      return body.length == 0 ? MissingNode.getInstance() : Json.read(body);
    } catch (JacksonException e) {
      throw unreachable(
          place, "what is there answers %d, and not as a Hotpod server".formatted(status), e);
    }
  }

  private Place place(String home) throws PeerUnreachableException {
    Peers.Peer peer =
        peers
            .find(home)
            .orElseThrow(
                () -> new PeerUnreachableException("The server %s has ended.".formatted(home)));
    PeerAddress address =
        peer.address()
            .orElseThrow(
                () ->
                    new PeerUnreachableException(
                        "The server %s on %s does not say where other servers reach it; %s"
                            .formatted(peer.id(), peer.host(), ADVICE)));
    return new Place(peer, address);
  }

  private PeerUnreachableException unreachable(Place place, String why, @Nullable Throwable cause) {
    String message =
        "The server on %s cannot reach the one on %s at %s: %s; %s"
            .formatted(
                peers.self().host(),
                place.peer().host(),
                place.address().uri(),
                why.replaceFirst("\\.$", ""),
                ADVICE);
    return cause == null
        ? new PeerUnreachableException(message)
        : new PeerUnreachableException(message, cause);
  }

  /** The client says of some failures nothing but their kind. */
  private static String reason(Throwable failure) {
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return "nothing listens there, or nothing may be reached";
    }
    while (cause != null && cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null
        ? "the connection broke"
        : Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private HttpClient client() {
    making.lock();
    try {
      HttpClient made = client;
      if (made == null) {
        made =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(trust.context())
                .build();
        client = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  @Override
  public void close() {
    making.lock();
    try {
      if (client != null) {
        client.shutdownNow();
      }
    } finally {
      making.unlock();
    }
  }
}
