package io.hotpod.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server with prepared answers; those to one request are given in turn, the last one stays. */
public final class FakeServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** One request that came in. */
  public record Asked(
      String method, String path, String query, Map<String, List<String>> headers, String body) {}

  /** Answers one request. */
  public interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  public FakeServer() {
    this(0);
  }

  public FakeServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Prepares a JSON answer for {@code METHOD /path} below the default project. */
  public FakeServer on(String request, int status, String json) {
    return on(request, exchange -> send(exchange, status, json));
  }

  public FakeServer on(String request, Answer answer) {
    int space = request.indexOf(' ');
    String key = request.substring(0, space) + " /v1/default" + request.substring(space + 1);
    answers.computeIfAbsent(key, name -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** All requests so far. */
  public List<Asked> asked() {
    return asked;
  }

  /** The requests of one method. */
  public List<Asked> asked(String method) {
    return asked.stream().filter(request -> request.method().equals(method)).toList();
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
    try (OutputStream stream = exchange.getResponseBody()) {
      stream.write(bytes);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(
            method,
            path,
            query == null ? "" : query,
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Deque<Answer> prepared = answers.get(method + " " + path);
    if (prepared == null) {
      send(exchange, 404, Bodies.error("EntityNotFound", "Nothing is at " + path + "."));
      return;
    }
    Answer answer;
    synchronized (prepared) {
      answer = prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
    }
    answer.give(exchange);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
