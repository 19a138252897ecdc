package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.source.HttpClients;
import io.hotpod.agent.source.Silence;
import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP to Keystone, Heat and Swift, with a deadline and a limit on each answer. Thread-safe. */
final class HeatHttp implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int LONGEST_BODY = 64 << 20;

  private final HttpClient client = HttpClients.create();

  /**
   * What came back.
   *
   * @param version names the content: the headers {@code ETag} and {@code Last-Modified} as they
   *     came. The time alone has whole seconds, and content may change twice in one.
   * @param token the header {@code X-Subject-Token}
   */
  record Answer(int status, String body, Optional<String> version, Optional<String> token) {}

  /**
   * Sends a request and reads the whole answer, whatever its status.
   *
   * @param doing for people, when it fails: what was being done
   * @throws SourceException when there is no answer
   */
  Answer send(String doing, HttpRequest.Builder request) throws InterruptedException {
    HttpRequest built = request.timeout(DEADLINE).build();
    try {
      HttpResponse<InputStream> response =
          client.send(built, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream stream = response.body()) {
        byte[] body = stream.readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
          throw new SourceException(
              doing + ": the answer is longer than " + LONGEST_BODY + " bytes");
        }
        return new Answer(
            response.statusCode(),
            new String(body, UTF_8),
            version(response.headers()),
            response.headers().firstValue("X-Subject-Token"));
      }
    } catch (IOException e) {
      throw new SourceException(
          doing + ": " + built.uri().getAuthority() + " does not answer: " + Silence.why(e), e);
    }
  }

  private static Optional<String> version(HttpHeaders headers) {
    String version =
        Stream.of("ETag", "Last-Modified")
            .flatMap(name -> headers.firstValue(name).stream())
            .collect(Collectors.joining(" "));
    return version.isEmpty() ? Optional.empty() : Optional.of(version);
  }

  /**
   * A request to a URL that came from outside.
   *
   * @throws SourceException when it is no URL of HTTP
   */
  static HttpRequest.Builder request(String doing, String url) {
    try {
      return HttpRequest.newBuilder(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new SourceException(doing + ": not a URL that can be asked: " + url.split("\\?", 2)[0]);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
