package io.hotpod.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The agent API of a server, as a test wants it. */
public final class FakeServer implements AutoCloseable {
  private static final int WAIT_MILLIS = 300;

  /** What came in. */
  public final List<PodReport> reports = new CopyOnWriteArrayList<>();

  public final List<String> enrolments = new CopyOnWriteArrayList<>();
  public final List<String> left = new CopyOnWriteArrayList<>();
  public final List<String> asked = new CopyOnWriteArrayList<>();
  public final Map<String, String> outputs = new ConcurrentHashMap<>();

  private final String instanceId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HttpServer http;
  private DesiredPods desired = DesiredPods.NONE;
  private Optional<Answer> instead = Optional.empty();
  private String requests = "";

  /** An answer in place of the right one. */
  public record Answer(int status, String body, String instance, String pods) {
    public Answer(int status, String body) {
      this(status, body, "", "");
    }
  }

  public FakeServer(String instanceId) throws IOException {
    this(instanceId, 0);
  }

  public FakeServer(String instanceId, int port) throws IOException {
    this.instanceId = instanceId;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/agent/v1/", this::handle);
    http.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return http.getAddress().getPort();
  }

  public void desire(DesiredPods pods) {
    change(() -> desired = pods);
  }

  /** Everything under {@code /pods} is answered so; empty for the truth again. */
  public void answerInstead(@Nullable Answer answer) {
    change(() -> instead = Optional.ofNullable(answer));
  }

  /** The JSON list that the next poll for requests gets. */
  public void ask(String json) {
    change(() -> requests = json);
  }

  public Optional<PodReport> newest() {
    return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/enrol")) {
        enrol(exchange);
      } else if (!left.isEmpty()
          || !("Bearer secret-" + instanceId)
              .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, new Answer(401, "{}"));
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        left.add(path);
        exchange.sendResponseHeaders(204, -1);
      } else if (path.endsWith("/pods")) {
        pods(exchange);
      } else if (path.endsWith("/report")) {
        reports.add(PodJson.read(exchange.getRequestBody().readAllBytes(), PodReport.class));
        exchange.sendResponseHeaders(204, -1);
      } else if (path.endsWith("/input")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (path.endsWith("/output")) {
        output(exchange, path);
      } else {
        requests(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enrol(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    enrolments.add(body);
    answer(
        exchange,
        body.contains("\"good\"")
            ? new Answer(
                200,
                "{\"instance_id\":\""
                    + instanceId
                    + "\",\"credential\":\"secret-"
                    + instanceId
                    + "\"}")
            : new Answer(403, "{}"));
  }

  private void pods(HttpExchange exchange) throws IOException, InterruptedException {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    asked.add(String.valueOf(known));
    Answer answer;
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
      while (instead.isEmpty() && current(known) && left > 0) {
        left = changed.awaitNanos(left);
      }
      answer =
          instead.orElseGet(
              () ->
                  current(known)
                      ? new Answer(304, "")
                      : new Answer(
                          200,
                          PodJson.write(desired),
                          instanceId,
                          Integer.toString(desired.pods().size())));
    } finally {
      lock.unlock();
    }
    if (!answer.instance().isEmpty()) {
      exchange.getResponseHeaders().set("Hotpod-Instance", answer.instance());
    }
    if (!answer.pods().isEmpty()) {
      exchange.getResponseHeaders().set("Hotpod-Pods", answer.pods());
    }
    answer(exchange, answer);
  }

  private boolean current(@Nullable String known) {
    return ("\"" + desired.version() + "\"").equals(known);
  }

  private void requests(HttpExchange exchange) throws IOException, InterruptedException {
    String list;
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
      while (requests.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      list = requests;
      requests = "";
    } finally {
      lock.unlock();
    }
    answer(exchange, list.isEmpty() ? new Answer(204, "") : new Answer(200, list));
  }

  private void output(HttpExchange exchange, String path) throws IOException {
    String id = path.split("/", -1)[6];
    String error = exchange.getRequestHeaders().getFirst("X-Hotpod-Error");
    if (error != null) {
      outputs.put(id, "error: " + error);
    } else {
      byte[] buffer = new byte[4096];
      int length = exchange.getRequestBody().read(buffer);
      while (length >= 0) {
        outputs.merge(id, new String(buffer, 0, length, UTF_8), String::concat);
        length = exchange.getRequestBody().read(buffer);
      }
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
