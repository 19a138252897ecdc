package io.hotpod.testing.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two ports of a kubelet. */
final class KubeletServer implements AutoCloseable {
  private static final int LOG_LINES = 3;

  private final FakeMachine machine;
  private final Workers workers;
  private final PodView view;
  private final Access access;
  private final Path manifests;
  private final HttpsServer secure;
  private final HttpServer plain;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private record Answer(int status, String body) {}

  KubeletServer(
      FakeMachine machine,
      Workers workers,
      PodView view,
      Access access,
      Path manifests,
      int port,
      int readOnly)
      throws IOException {
    this.machine = machine;
    this.workers = workers;
    this.view = view;
    this.access = access;
    this.manifests = manifests;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    secure = HttpsServer.create(new InetSocketAddress(loopback, port), 0);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(Certificates.shared().context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setWantClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    secure.setExecutor(threads);
    secure.createContext("/", exchange -> answer(exchange, true));
    plain = HttpServer.create(new InetSocketAddress(loopback, readOnly), 0);
    plain.setExecutor(threads);
    plain.createContext("/", exchange -> answer(exchange, false));
  }

  void start() {
    secure.start();
    plain.start();
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + secure.getAddress().getPort());
  }

  URI readOnlyUrl() {
    return URI.create("http://127.0.0.1:" + plain.getAddress().getPort());
  }

  private void answer(HttpExchange exchange, boolean whole) throws IOException {
    try (exchange) {
      Answer answer =
          whole && !isAllowed(exchange)
              ? new Answer(401, "Unauthorized")
              : respond(exchange.getRequestMethod(), exchange.getRequestURI(), whole);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    if (access.anonymous()) {
      return true;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (access.token().map(token -> ("Bearer " + token).equals(authorization)).orElse(false)) {
      return true;
    }
    try {
      return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  private Answer respond(String method, URI request, boolean whole) {
    String path = request.getPath();
    return switch (path) {
      case "/healthz" -> new Answer(200, "ok");
      case "/pods" -> new Answer(200, pods());
      case "/runningpods/" ->
          whole ? new Answer(200, runningPods()) : new Answer(404, "404 page not found");
      case "/metrics" ->
          whole
              ? new Answer(
                  200,
                  """
                  # HELP kubernetes_build_info A metric
                  kubernetes_build_info{git_commit="x",git_version="v1.31.13"} 1
                  """)
              : new Answer(404, "404 page not found");
      case "/configz" ->
          whole ? new Answer(200, configuration()) : new Answer(404, "404 page not found");
      default -> container(method, path, String.valueOf(request.getRawQuery()), whole);
    };
  }

  private String configuration() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putObject("kubeletconfig").put("staticPodPath", manifests.toString());
    return all.toString();
  }

  private Answer container(String method, String path, String query, boolean whole) {
    List<String> parts = List.of(path.substring(1).split("/", -1));
    boolean logs = parts.getFirst().equals("containerLogs");
    boolean run = parts.getFirst().equals("run");
    if ((!logs && !run) || parts.size() != 4) {
      return new Answer(404, "404 page not found");
    }
    if (!whole || (run && !method.equals("POST"))) {
      return new Answer(405, "Method Not Allowed");
    }
    Optional<Manifest> pod = pod(parts.get(1) + "/" + parts.get(2));
    if (pod.isEmpty()) {
      return new Answer(404, "pod \"" + parts.get(2) + "\" does not exist");
    }
    JsonNode spec = pod.get().pod().path("spec");
    boolean known = has(spec.path("containers"), parts.get(3));
    if (!known && !has(spec.path("initContainers"), parts.get(3))) {
      return new Answer(
          404, "container \"" + parts.get(3) + "\" not found in pod \"" + parts.get(2) + "\"");
    }
    return run ? run(query) : new Answer(200, log(parts.get(3), query));
  }

  private static boolean has(JsonNode containers, String name) {
    return containers.valueStream().anyMatch(one -> one.path("name").asString("").equals(name));
  }

  private static Answer run(String query) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("cmd=")) {
        String command = URLDecoder.decode(parameter.substring(4), UTF_8);
        return command.startsWith("false")
            ? new Answer(500, "command 'false' exited with 1: no luck")
            : new Answer(200, "ran " + List.of(command.split(" ", -1)) + "\n");
      }
    }
    return new Answer(400, "no command");
  }

  private static String log(String container, String query) {
    int lines = LOG_LINES;
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("tailLines=")) {
        lines = Math.min(lines, Integer.parseInt(parameter.substring("tailLines=".length())));
      }
    }
    StringBuilder log = new StringBuilder();
    for (int line = LOG_LINES - lines + 1; line <= LOG_LINES; line++) {
      log.append("line ").append(line).append(" of ").append(container).append('\n');
    }
    return log.toString();
  }

  private Optional<Manifest> pod(String key) {
    machine.lock.lock();
    try {
      return workers.wanted().values().stream().filter(pod -> pod.key().equals(key)).findFirst();
    } finally {
      machine.lock.unlock();
    }
  }

  private String pods() {
    machine.lock.lock();
    try {
      long now = System.nanoTime();
      List<Manifest> pods = new ArrayList<>(workers.wanted().values());
      // In no order that anybody could rely on.
      Collections.shuffle(pods);
      return list(pods.stream().map(pod -> view.of(pod, now)).toList());
    } finally {
      machine.lock.unlock();
    }
  }

  private String runningPods() {
    machine.lock.lock();
    try {
      List<ObjectNode> items = new ArrayList<>();
      for (Manifest pod : workers.running(System.nanoTime())) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.putObject("metadata")
            .put("name", pod.name())
            .put("namespace", pod.namespace())
            .put("uid", pod.uid())
            .putNull("creationTimestamp");
        ArrayNode containers = item.putObject("spec").putArray("containers");
        for (JsonNode container : pod.pod().path("spec").path("containers")) {
          containers
              .addObject()
              .put("name", container.path("name").asString(""))
              .put("image", "sha256:8d6c5b1f");
        }
        item.putObject("status");
        items.add(item);
      }
      return list(items);
    } finally {
      machine.lock.unlock();
    }
  }

  private static String list(List<ObjectNode> items) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "PodList").put("apiVersion", "v1").putObject("metadata");
    if (items.isEmpty()) {
      list.putNull("items");
    } else {
      list.putArray("items").addAll(items);
    }
    return list.toString();
  }

  @Override
  public void close() {
    secure.stop(0);
    plain.stop(0);
    threads.shutdownNow();
  }
}
