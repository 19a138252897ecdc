package io.hotpod.server;

import io.hotpod.server.http.RequestLimits;
import io.hotpod.server.stream.StreamLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port in front of a fake engine, and a client of it. */
final class ServerFixture implements AutoCloseable {
  static final String TEMPLATE = "heat_template_version: 2018-08-31\nresources: {}\n";
  static final RequestLimits REQUESTS =
      new RequestLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(10), 100, new RequestLimits.Rate(1, 10_000));
  static final ServerLimits LIMITS =
      new ServerLimits(
          256 * 1024,
          64 * 1024,
          8 * 1024,
          1000,
          50,
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          4,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          REQUESTS,
          Duration.ofSeconds(3));

  /** So short that whoever reads one to its end does not wait. */
  private static final StreamLimits STREAMS =
      new StreamLimits(10, Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofMillis(200));

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  final FakeEngine engine;
  final HotpodServer server;
  final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  ServerFixture() {
    this(LIMITS);
  }

  ServerFixture(ServerLimits limits) {
    this(limits, new AuthenticationKind.None());
  }

  ServerFixture(ServerLimits limits, AuthenticationKind authentication) {
    this(settings(limits, authentication));
  }

  ServerFixture(ServerSettings settings) {
    this(settings, new FakeEngine());
  }

  ServerFixture(ServerSettings settings, FakeEngine engine) {
    this.engine = engine;
    server = HotpodServer.start(settings, engine);
  }

  static ServerSettings settings(ServerLimits limits, AuthenticationKind authentication) {
    return new ServerSettings(
        "127.0.0.1",
        0,
        authentication,
        Optional.empty(),
        false,
        Optional.empty(),
        limits,
        ApiSettings.DEFAULT.withStreams(STREAMS),
        Clock.fixed(FakeStacks.EPOCH, ZoneOffset.UTC),
        () -> UUID.randomUUID().toString());
  }

  /** A URI under the project {@code default}, unless it begins with two slashes. */
  URI uri(String path) {
    String base = server.uri().toString();
    return URI.create(
        path.startsWith("//")
            ? base + path.substring(1)
            : path.startsWith("http") ? path : base + "/v1/default" + path);
  }

  HttpRequest.Builder request(String method, String path) {
    return request(method, path, "");
  }

  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(DEADLINE);
    return body.isEmpty()
        ? builder.method(method, BodyPublishers.noBody())
        : builder
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> call(String method, String path) {
    return send(request(method, path).build());
  }

  HttpResponse<String> call(String method, String path, String body) {
    return send(request(method, path, body).build());
  }

  static JsonNode json(HttpResponse<String> response) {
    return MAPPER.readTree(response.body());
  }

  static String createBody(String name) {
    return MAPPER.writeValueAsString(
        MAPPER.createObjectNode().put("stack_name", name).put("template", TEMPLATE));
  }

  /** Creates a stack and gives its path, {@code /stacks/NAME/ID}. */
  String createStack(String name) {
    HttpResponse<String> response = call("POST", "/stacks", createBody(name));
    if (response.statusCode() != 201) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return "/stacks/" + name + "/" + json(response).path("stack").path("id").stringValue();
  }

  /** Enrols an instance and gives its id and credential. */
  Agent enrol(String name) {
    String token =
        json(call("POST", "/join_tokens", "{\"valid_minutes\": 5}"))
            .path("join_token")
            .stringValue();
    JsonNode answer =
        json(
            call(
                "POST",
                "//agent/v1/enrol",
                MAPPER.writeValueAsString(
                    MAPPER.createObjectNode().put("join_token", token).put("name", name))));
    return new Agent(
        answer.path("instance_id").stringValue(), answer.path("credential").stringValue());
  }

  /** What an agent knows of itself. */
  record Agent(String id, String credential) {
    String path(String rest) {
      return "//agent/v1/instances/" + id + rest;
    }
  }

  HttpRequest.Builder agentRequest(Agent agent, String method, String rest, String body) {
    return request(method, agent.path(rest), body)
        .header("Authorization", "Bearer " + agent.credential());
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
