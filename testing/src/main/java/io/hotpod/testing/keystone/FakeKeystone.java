package io.hotpod.testing.keystone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /v3/auth/tokens} as a Keystone does: the shapes and codes are those of Keystone
 * 22. Thread-safe.
 */
public final class FakeKeystone implements AutoCloseable {
  public static final String SERVICE_USER = "hotpod";
  public static final String SERVICE_PASSWORD = "service password";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final HttpServer server;
  private final Map<String, ObjectNode> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile int failing;
  private volatile int describing;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public FakeKeystone() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v3/auth/tokens", this::answer);
    server.start();
  }

  /** The URL of the Identity API. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v3");
  }

  /** Gives out a token. */
  public void token(String text, String user, String project, Instant expiry, List<String> roles) {
    ObjectNode token = MAPPER.createObjectNode();
    token.putArray("methods").add("password");
    token
        .putObject("user")
        .put("id", user + "-id")
        .put("name", user)
        .putObject("domain")
        .put("id", "default")
        .put("name", "Default");
    token
        .putObject("project")
        .put("id", project)
        .put("name", project + "-name")
        .putObject("domain")
        .put("id", "default")
        .put("name", "Default");
    ArrayNode list = token.putArray("roles");
    roles.forEach(role -> list.addObject().put("id", role + "-id").put("name", role));
    token.put("is_domain", false).put("expires_at", expiry.toString());
    tokens.put(text, token);
  }

  /** Takes a token back. */
  public void revoke(String text) {
    tokens.remove(text);
  }

  /** Takes every token back that the service user got. */
  public void revokeServiceTokens() {
    tokens.keySet().removeIf(text -> text.startsWith("service-"));
  }

  /** Answers everything with that status from now on; 0 ends it. */
  public void failWith(int status) {
    failing = status;
  }

  /** Answers questions about tokens with that status from now on; 0 ends it. */
  public void describeWith(int status) {
    describing = status;
  }

  /** Answers questions about tokens only when the gate is open. */
  public void holdUntil(CountDownLatch open) {
    gate = open;
  }

  /** How often the service user logged in. */
  public int logins() {
    return logins.get();
  }

  /** How often it asked about a token. */
  public int questions() {
    return questions.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (failing != 0) {
      send(exchange, failing, error(failing, "broken"));
    } else if (exchange.getRequestMethod().equals("POST")) {
      login(exchange, MAPPER.readTree(body));
    } else {
      describe(exchange);
    }
  }

  private void login(HttpExchange exchange, JsonNode body) throws IOException {
    JsonNode user = body.path("auth").path("identity").path("password").path("user");
    boolean good =
        user.path("name").asString("").equals(SERVICE_USER)
            && user.path("password").asString("").equals(SERVICE_PASSWORD)
            && body.path("auth").path("scope").path("project").has("name");
    if (!good) {
      send(exchange, 401, error(401, "The request you have made requires authentication."));
      return;
    }
    String text = "service-" + logins.incrementAndGet();
    token(text, SERVICE_USER, "service", Instant.MAX, List.of("admin"));
    exchange.getResponseHeaders().set("X-Subject-Token", text);
    send(exchange, 201, wrapped(text));
  }

  private void describe(HttpExchange exchange) throws IOException {
    questions.incrementAndGet();
    awaitGate();
    if (describing != 0) {
      send(exchange, describing, error(describing, "odd"));
      return;
    }
    String caller = header(exchange, "X-Auth-Token");
    String subject = header(exchange, "X-Subject-Token");
    if (!tokens.containsKey(caller)) {
      send(exchange, 401, error(401, "The request you have made requires authentication."));
    } else if (!tokens.containsKey(subject)) {
      send(exchange, 404, error(404, "Failed to validate token"));
    } else {
      exchange.getResponseHeaders().set("X-Subject-Token", subject);
      send(exchange, 200, wrapped(subject));
    }
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode wrapped(String text) {
    ObjectNode body = MAPPER.createObjectNode();
    body.set("token", tokens.get(text));
    return body;
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private static ObjectNode error(int status, String message) {
    ObjectNode body = MAPPER.createObjectNode();
    body.putObject("error").put("code", status).put("message", message).put("title", "Error");
    return body;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = MAPPER.writeValueAsString(body).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
