package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.http.LateTls;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.runtime.kubelet.KubeletUnavailableException.Kind;
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

  /** How a kubelet says that a command failed; what the command wrote of it comes after. */
  private static final Pattern EXIT = Pattern.compile(" exited with (\\d{1,9}): ");

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
    String request = "/containerLogs/" + path + query;
    // A kubelet sends the head of its answer with the first line, which may be a while.
    HttpResponse<InputStream> response =
        follow
            ? response(
                request, begin("GET", request, BodyHandlers.ofInputStream(), Optional.empty()))
            : send("GET", request, BodyHandlers.ofInputStream());
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
   * @param longest after which nobody waits any more; the command goes on
   */
  RunResult run(String path, List<String> command, Duration longest) throws InterruptedException {
    String words = URLEncoder.encode(String.join(" ", command), UTF_8);
    String request = "/run/" + path + "?cmd=" + words;
    HttpResponse<byte[]> response =
        send(
            "POST",
            request,
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER),
            longest);
    String text = new String(response.body(), UTF_8);
    if (response.statusCode() == 200) {
      return new RunResult(0, text, "");
    }
    Matcher exit = EXIT.matcher(text);
    if (response.statusCode() == 500 && exit.find()) {
      return new RunResult(Integer.parseInt(exit.group(1)), "", text.substring(exit.end()));
    }
    throw new KubeletUnavailableException(
        "the command was not run: HTTP " + response.statusCode() + ", " + message(text));
  }

  /**
   * How a command ended.
   *
   * @param output what it wrote, standard output before standard error; nothing of the former when
   *     it failed, which a kubelet does not tell then
   * @param error its standard error when it failed
   */
  record RunResult(int exitCode, String output, String error) {
    /** Leaves out what it wrote. */
    @Override
    public String toString() {
      return "RunResult[exitCode=" + exitCode + "]";
    }
  }

  /** Where the kubelet itself says that it reads static pods from; empty where it says nothing. */
  Optional<String> staticPodPath() throws InterruptedException {
    HttpResponse<byte[]> answer = get("/configz");
    if (answer.statusCode() != 200) {
      return Optional.empty();
    }
    try {
      String path =
          PodJson.read(answer.body(), JsonNode.class)
              .path("kubeletconfig")
              .path("staticPodPath")
              .asString("");
      return Optional.of(path).filter(text -> !text.isEmpty());
    } catch (JacksonException e) {
      return Optional.empty();
    }
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
            Kind.REFUSED, at() + " does not take who this agent is: " + advice());
      }
      case 403 ->
          throw new KubeletUnavailableException(
              Kind.FORBIDDEN,
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
    return send(method, path, handler, deadline);
  }

  private <T> HttpResponse<T> send(
      String method, String path, BodyHandler<T> handler, Duration longest)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = begin(method, path, handler, Optional.of(longest));
    try {
      return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new KubeletUnavailableException(
          at() + " does not answer " + withoutQuery(path) + " within " + longest.toSeconds() + " s",
          e);
    } catch (ExecutionException e) {
      throw failure(path, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** As long as it takes, or until the thread is interrupted. */
  private <T> HttpResponse<T> response(String path, CompletableFuture<HttpResponse<T>> answer)
      throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(path, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * @param longest until the head of the answer is there; empty where it may take any time
   */
  private <T> CompletableFuture<HttpResponse<T>> begin(
      String method, String path, BodyHandler<T> handler, Optional<Duration> longest) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(settings.url().resolve(path).toString()))
              .method(method, HttpRequest.BodyPublishers.noBody());
      longest.ifPresent(request::timeout);
      if (settings.credentials() instanceof KubeletCredentials.Token token) {
        request.header("Authorization", "Bearer " + Files.readString(token.file()).strip());
      }
      return client().sendAsync(request.build(), handler);
    } catch (IOException | IllegalArgumentException e) {
      throw new KubeletUnavailableException("the kubelet cannot be asked: " + words(e), e);
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
            Kind.STRANGER,
            at() + " is not the kubelet that this agent trusts: " + words(cause),
            cause);
      }
      if (each instanceof ConnectException) {
        return new KubeletUnavailableException(
            Kind.SILENT,
            at() + " does not answer: nobody listens there; it is asked again until it does",
            cause);
      }
    }
    return new KubeletUnavailableException(
        at() + " does not answer " + withoutQuery(path) + ": " + words(cause), cause);
  }

  /** A query may hold a command, and that may hold secrets. */
  private static String withoutQuery(String path) {
    return path.split("\\?", 2)[0];
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
