package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.http.LateTls;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The API of a kubelet itself. Every method throws {@link KubeletUnavailableException} when the
 * kubelet does not answer as it should. Thread-safe.
 */
final class KubeletApi implements AutoCloseable {
  private static final long LONGEST_ANSWER = 64L << 20;
  private static final int LONGEST_MESSAGE = 300;
  private static final Pattern VERSION =
      Pattern.compile("kubernetes_build_info\\{[^}]*git_version=\"v?([^\"]+)\"");

  private final KubeletSettings settings;
  private final Duration deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<HttpClient> client = Optional.empty();

  KubeletApi(KubeletSettings settings, Duration deadline) {
    this.settings = settings;
    this.deadline = deadline;
  }

  /** The pods that the kubelet wants and what it says of them; an empty list where it says null. */
  List<JsonNode> pods() throws InterruptedException {
    return items("/pods", ok("/pods"));
  }

  /**
   * What really runs.
   *
   * @return empty where this port does not tell, which the read-only one does not
   */
  Optional<List<RunningPod>> runningPods() throws InterruptedException {
    HttpResponse<byte[]> answer = get("/runningpods/");
    if (answer.statusCode() == 404 || answer.statusCode() == 405) {
      return Optional.empty();
    }
    List<RunningPod> running = new ArrayList<>();
    for (JsonNode item : items("/runningpods/", checked("/runningpods/", answer))) {
      JsonNode metadata = item.path("metadata");
      running.add(
          new RunningPod(
              metadata.path("namespace").asString("default"),
              metadata.path("name").asString(""),
              metadata.path("uid").asString("")));
    }
    return Optional.of(running);
  }

  /** The kubelet's release, such as {@code 1.31.13}; empty where this port does not tell. */
  Optional<String> version() throws InterruptedException {
    HttpResponse<byte[]> answer = get("/metrics");
    Matcher line = VERSION.matcher(text(answer));
    return answer.statusCode() == 200 && line.find()
        ? Optional.of(line.group(1))
        : Optional.empty();
  }

  /**
   * Copies the log of a container.
   *
   * @param path namespace, pod and container
   * @throws LogsUnavailableException when the kubelet has none or gives none
   * @throws IOException when the output takes no more
   */
  void logs(String path, Optional<Integer> tail, boolean follow, OutputStream output)
      throws IOException, InterruptedException {
    String query = "?follow=" + follow + tail.map(lines -> "&tailLines=" + lines).orElse("");
    HttpResponse<InputStream> response =
        send("GET", "/containerLogs/" + path + query, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 405) {
        throw new LogsUnavailableException(
            "the kubelet's read-only port gives no logs; point the agent at the port with TLS");
      }
      if (response.statusCode() != 200) {
        throw new LogsUnavailableException(
            "the kubelet has no such log: "
                + message(new String(body.readNBytes(LONGEST_MESSAGE), UTF_8)));
      }
      copy(body, output);
    }
  }

  /**
   * Runs a command in a container and waits for it.
   *
   * @param path namespace, pod and container
   * @param command words without white space in them: the kubelet splits them there
   * @return what it wrote
   */
  String run(String path, List<String> command) throws InterruptedException {
    String words = URLEncoder.encode(String.join(" ", command), UTF_8);
    String request = "/run/" + path + "?cmd=" + words;
    HttpResponse<byte[]> response =
        send("POST", request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    String text = new String(response.body(), UTF_8);
    if (response.statusCode() != 200) {
      throw new KubeletUnavailableException(
          "the command did not succeed: HTTP " + response.statusCode() + ", " + message(text));
    }
    return text;
  }

  private static void copy(InputStream body, OutputStream output)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[8192];
    for (; ; ) {
      int length;
      try {
        length = body.read(buffer);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("while following a log");
        }
        throw new LogsUnavailableException("the kubelet ended the log: " + e.getMessage());
      }
      if (length < 0) {
        return;
      }
      output.write(buffer, 0, length);
      output.flush();
    }
  }

  private byte[] ok(String path) throws InterruptedException {
    return checked(path, get(path));
  }

  private HttpResponse<byte[]> get(String path) throws InterruptedException {
    return send("GET", path, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private byte[] checked(String path, HttpResponse<byte[]> answer) {
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 401 -> {
        // The files with the credentials may have been renewed.
        forgetClient();
        throw new KubeletUnavailableException(
            at() + " does not take who this agent is: " + advice());
      }
      case 403 ->
          throw new KubeletUnavailableException(
              at() + " does not allow this agent to read " + path + ": " + message(text(answer)));
      default ->
          throw new KubeletUnavailableException(
              at()
                  + " answers "
                  + path
                  + " with HTTP "
                  + answer.statusCode()
                  + ": "
                  + message(text(answer)));
    };
  }

  private String advice() {
    return switch (settings.credentials()) {
      case KubeletCredentials.Anonymous ignored ->
          "it asks for a token (--kubelet-token-file) or a client certificate (--kubelet-cert and"
              + " --kubelet-key)";
      case KubeletCredentials.Token token -> "look at the token in " + token.file();
      case KubeletCredentials.ClientCertificate certificate ->
          "look at the certificate in " + certificate.certificate();
    };
  }

  private List<JsonNode> items(String path, byte[] body) {
    try {
      JsonNode list = PodJson.read(body, JsonNode.class);
      if (!list.path("kind").asString("").equals("PodList")) {
        throw new KubeletUnavailableException(
            at() + " answers " + path + " with something that is no PodList; is it a kubelet?");
      }
      List<JsonNode> items = new ArrayList<>();
      // A kubelet without pods says null here.
      list.path("items").forEach(items::add);
      return items;
    } catch (JacksonException e) {
      throw new KubeletUnavailableException(
          at() + " answers " + path + " with something that is not JSON; is it a kubelet?", e);
    }
  }

  private <T> HttpResponse<T> send(String method, String path, BodyHandler<T> handler)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer;
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(settings.url().resolve(path).toString()))
              .timeout(deadline)
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (settings.credentials() instanceof KubeletCredentials.Token token) {
        request.header("Authorization", "Bearer " + Files.readString(token.file()).strip());
      }
      answer = client().sendAsync(request.build(), handler);
    } catch (IOException | IllegalArgumentException e) {
      throw new KubeletUnavailableException("the kubelet cannot be asked: " + words(e), e);
    }
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new KubeletUnavailableException(
          at() + " does not answer " + path + " within " + deadline.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw failure(path, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private KubeletUnavailableException failure(String path, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        // The files with certificates may have been renewed.
        forgetClient();
      }
      if (each instanceof GeneralSecurityException) {
        return new KubeletUnavailableException(
            at() + " is not the kubelet that this agent trusts: " + words(cause), cause);
      }
      if (each instanceof ConnectException) {
        return new KubeletUnavailableException(
            at() + " does not answer: nobody listens there; it is asked again until it does",
            cause);
      }
    }
    return new KubeletUnavailableException(
        at() + " does not answer " + path + ": " + words(cause), cause);
  }

  /** The innermost message says most. */
  private static String words(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof java.nio.file.NoSuchFileException
        ? "there is no file " + root.getMessage()
        : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static String message(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }

  private String at() {
    return "the kubelet at " + settings.url();
  }

  private HttpClient client() throws IOException {
    lock.lock();
    try {
      if (client.isEmpty()) {
        HttpClient.Builder builder =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        builder.sslContext(
            "https".equals(settings.url().getScheme())
                ? KubeletTls.context(settings)
                : new LateTls());
        client = Optional.of(builder.build());
      }
      return client.get();
    } finally {
      lock.unlock();
    }
  }

  private void forgetClient() {
    lock.lock();
    try {
      client.ifPresent(HttpClient::shutdownNow);
      client = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    forgetClient();
  }
}
