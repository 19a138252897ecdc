package io.hotpod.testing.keystone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenStack Keystone, of Debian's package {@code python3-keystone}, on a free loopback port with
 * a database of SQLite. Its users, each with one role in one project: {@code hotpod} (admin in
 * service), {@code demo} (member in demo), {@code ruth} (reader in demo), {@code stan}
 * (heat_stack_user in demo), {@code sam} (member in elsewhere), {@code admin} (admin in admin).
 * Thread-safe.
 */
public final class RealKeystone implements AutoCloseable {
  private static final String PROGRAM = "real_keystone.py";
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final JsonNode description;
  private final HttpClient http = HttpClient.newHttpClient();

  private RealKeystone(Process process, JsonNode description) {
    this.process = process;
    this.description = description;
  }

  /**
   * Starts one; it answers when this returns.
   *
   * @param directory that is there and empty, for all that it keeps
   * @throws AssertionError when it does not start, with what it said
   */
  public static RealKeystone start(Path directory) {
    Path errors = directory.resolve("errors.log");
    try {
      Process process =
          new ProcessBuilder(
                  "/usr/bin/python3", "-B", program(directory).toString(), directory.toString())
              .redirectError(errors.toFile())
              .start();
      try {
        return new RealKeystone(process, MAPPER.readTree(firstLine(process)));
      } catch (IllegalStateException e) {
        process.destroyForcibly();
        throw new AssertionError(
            "Keystone does not start; on Debian: apt-get install python3-keystone\n"
                + Files.readString(errors),
            e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program(Path directory) throws IOException {
    Path program = directory.resolve(PROGRAM);
    try (InputStream source =
        Objects.requireNonNull(RealKeystone.class.getResourceAsStream(PROGRAM), PROGRAM)) {
      Files.copy(source, program);
    }
    return program;
  }

  private static String firstLine(Process process) {
    BufferedReader reader = process.inputReader(UTF_8);
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Objects.requireNonNullElse(reader.readLine(), "");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      String text = line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (text.isEmpty()) {
        throw new IllegalStateException("it ended");
      }
      return text;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("it says nothing", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The URL of the Identity API, with {@code /v3}. */
  public URI uri() {
    return URI.create(description.path("url").asString(""));
  }

  /** The password of every user. */
  public String password() {
    return description.path("password").asString("");
  }

  /** The id of a project. */
  public String project(String name) {
    return description.path("projects").path(name).asString("");
  }

  /** A new token of a user for a project. */
  public String token(String user, String project) {
    ObjectNode body = MAPPER.createObjectNode();
    ObjectNode auth = body.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add("password");
    ObjectNode who = identity.putObject("password").putObject("user");
    who.put("name", user).put("password", password()).putObject("domain").put("id", "default");
    auth.putObject("scope").putObject("project").put("id", project(project));
    HttpResponse<String> response =
        send(request().POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))).build());
    return response
        .headers()
        .firstValue("X-Subject-Token")
        .orElseThrow(() -> new AssertionError(user + " gets no token: " + response.body()));
  }

  /** Takes a token back, as its owner does. */
  public void revoke(String token) {
    HttpResponse<String> response =
        send(
            request()
                .header("X-Auth-Token", token)
                .header("X-Subject-Token", token)
                .DELETE()
                .build());
    if (response.statusCode() != 204) {
      throw new AssertionError("the token is not revoked: " + response.statusCode());
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(uri() + "/auth/tokens"))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends it; it ends by itself when this process does. */
  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
