package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keystone, Heat, its CFN API and an object store as far as an agent sees them, on one port. */
final class FakeHeat implements AutoCloseable {
  /** What the bodies of signals are said to be, by their bytes as text. */
  final Map<String, String> digests = new ConcurrentHashMap<>();

  /** Requests as {@code VERB PATH}, with the body of those that have one. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  final List<JsonNode> signals = new CopyOnWriteArrayList<>();
  final AtomicInteger signalStatus = new AtomicInteger(200);
  final AtomicInteger metadataStatus = new AtomicInteger(200);
  final AtomicInteger logins = new AtomicInteger();
  private final Map<String, String> lastQuery = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile String metadata = "{\"deployments\": []}";
  private final AtomicInteger modified = new AtomicInteger();

  /** All changes of what is behind the temporary URL happen in one second. */
  final AtomicBoolean sameSecond = new AtomicBoolean();

  private volatile String validToken = "";

  FakeHeat() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  KeystoneCredentials credentials() {
    return new KeystoneCredentials(url("/v3/"), "agent", "s3cret", "p1", "RegionOne");
  }

  /** What Heat says of the server from now on. */
  void metadata(String document) {
    metadata = document;
    modified.incrementAndGet();
  }

  void deployments(HeatConfig... configs) {
    metadata("{\"deployments\": " + HeatConfig.list(configs) + "}");
  }

  /** As when a token is over. */
  void forgetLogins() {
    validToken = "";
  }

  /** The query of the last request to a path. */
  String query(String path) {
    return lastQuery.getOrDefault(path, "");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String verb = exchange.getRequestMethod();
    requests.add(verb + " " + path);
    if (exchange.getRequestURI().getRawQuery() != null) {
      lastQuery.put(path, exchange.getRequestURI().getRawQuery());
    }
    if (path.equals("/v3/auth/tokens")) {
      login(exchange, body);
    } else if (path.endsWith("/signal") || path.startsWith("/signal")) {
      signals.add(JsonMapper.shared().readTree(body));
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Digest"))
          .ifPresent(digest -> digests.put(body, digest));
      send(exchange, signalStatus.get(), "null");
    } else if (path.endsWith("/metadata")) {
      boolean known = validToken.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
      send(exchange, known ? metadataStatus.get() : 401, "{\"metadata\": " + metadata + "}");
    } else if (path.equals("/cfn/")) {
      send(exchange, metadataStatus.get(), cfn());
    } else {
      String version = "version " + modified.get();
      exchange.getResponseHeaders().set("Last-Modified", sameSecond.get() ? "now" : version);
      if (sameSecond.get()) {
        exchange.getResponseHeaders().set("ETag", version);
      }
      send(exchange, metadataStatus.get(), metadata);
    }
  }

  private void login(HttpExchange exchange, String body) throws IOException {
    JsonNode user =
        JsonMapper.shared()
            .readTree(body)
            .path("auth")
            .path("identity")
            .path("password")
            .path("user");
    if (!user.path("password").asString("").equals("s3cret")) {
      send(exchange, 401, "{}");
      return;
    }
    validToken = "token-" + logins.incrementAndGet();
    exchange.getResponseHeaders().set("X-Subject-Token", validToken);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode catalog = answer.putObject("token").putArray("catalog");
    catalog.addObject().put("type", "identity").putArray("endpoints");
    ArrayNode endpoints = catalog.addObject().put("type", "orchestration").putArray("endpoints");
    endpoint(endpoints.addObject(), "admin", "RegionOne", "/wrong");
    endpoint(endpoints.addObject(), "public", "RegionTwo", "/wrong");
    endpoint(endpoints.addObject(), "public", "RegionOne", "/v1/p1/");
    send(exchange, 201, answer.toString());
  }

  private void endpoint(ObjectNode endpoint, String kind, String region, String path) {
    endpoint.put("interface", kind).put("region", region).put("url", url(path));
  }

  private String cfn() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("DescribeStackResourceResponse")
        .putObject("DescribeStackResourceResult")
        .putObject("StackResourceDetail")
        .put("Metadata", metadata);
    return answer.toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
