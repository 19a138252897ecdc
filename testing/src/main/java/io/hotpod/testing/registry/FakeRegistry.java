package io.hotpod.testing.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives out images as a registry does, by the pull part of the OCI distribution specification 1.0,
 * over HTTPS on the loopback interface. Who asks for a repository that is protected has to say user
 * and password (HTTP Basic). Thread-safe.
 */
public final class FakeRegistry implements AutoCloseable {
  private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|blobs)/([^/]+)");
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final HttpsServer server;
  private final Map<String, OciImage> manifests = new ConcurrentHashMap<>();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, String> logins = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final List<String> pulls = new CopyOnWriteArrayList<>();
  private final List<String> waiting = new CopyOnWriteArrayList<>();

  /**
   * @param tls with the registry's certificate
   */
  public FakeRegistry(SSLContext tls) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** Host and port, with which the names of its images begin. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Puts an image under a tag, which leaves the one that had it to its digest. */
  public void push(String repository, String tag, OciImage image) {
    blobs.putAll(image.blobs());
    manifests.put(repository + "\n" + image.digest(), image);
    manifests.put(repository + "\n" + tag, image);
  }

  /** Gives what a repository has to this user alone from now on. */
  public void protect(String repository, String user, String password) {
    String login = user + ":" + password;
    logins.put(repository, "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
  }

  /** Gives out layers and configurations of a repository only when the gate is open. */
  public void holdUntil(String repository, CountDownLatch open) {
    gates.put(repository, open);
  }

  /** How often an image of the repository was asked for and given, by its tag or digest. */
  public long pulls(String repository) {
    return pulls.stream().filter(repository::equals).count();
  }

  /** Whether somebody came to the gate of the repository. */
  public boolean isHolding(String repository) {
    return waiting.contains(repository);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        // Whether a login is needed: who is asked for none here sends none anywhere.
        boolean open = logins.isEmpty() || authorization(exchange).isPresent();
        send(exchange, open ? 200 : 401, "{}".getBytes(UTF_8));
        return;
      }
      String repository = path.group(1);
      Optional<String> login = Optional.ofNullable(logins.get(repository));
      if (login.isPresent() && !login.equals(authorization(exchange))) {
        send(exchange, 401, error("UNAUTHORIZED", "authentication required"));
      } else if (path.group(2).equals("manifests")) {
        manifest(exchange, repository, path.group(3));
      } else {
        blob(exchange, repository, path.group(3));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void manifest(HttpExchange exchange, String repository, String reference)
      throws IOException {
    Optional<OciImage> image = Optional.ofNullable(manifests.get(repository + "\n" + reference));
    if (image.isEmpty()) {
      send(exchange, 404, error("MANIFEST_UNKNOWN", "manifest unknown"));
      return;
    }
    if (exchange.getRequestMethod().equals("GET")) {
      pulls.add(repository);
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", image.get().digest());
    exchange.getResponseHeaders().set("Content-Type", OciImage.MANIFEST_TYPE);
    send(exchange, 200, image.get().manifest());
  }

  private void blob(HttpExchange exchange, String repository, String digest)
      throws IOException, InterruptedException {
    Optional<CountDownLatch> gate = Optional.ofNullable(gates.get(repository));
    if (gate.isPresent()) {
      waiting.add(repository);
      gate.get().await();
    }
    Optional<byte[]> content = Optional.ofNullable(blobs.get(digest));
    if (content.isEmpty()) {
      send(exchange, 404, error("BLOB_UNKNOWN", "blob unknown to registry"));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    send(exchange, 200, content.get());
  }

  private static Optional<String> authorization(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static byte[] error(String code, String message) {
    ObjectNode body = MAPPER.createObjectNode();
    body.putArray("errors").addObject().put("code", code).put("message", message);
    return MAPPER.writeValueAsBytes(body);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (status == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"images\"");
    }
    if (status != 200) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    gates.values().forEach(CountDownLatch::countDown);
    server.stop(0);
  }
}
