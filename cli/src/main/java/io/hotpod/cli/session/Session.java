package io.hotpod.cli.session;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.client.ApiClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a command has at hand. Used by one thread, the one that runs the command. */
public final class Session {
  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path directory;
  private final Clock clock;
  private final Supplier<String> ids;
  private final GlobalOptions options = new GlobalOptions();

  /**
   * Puts a session together.
   *
   * @param environment the process's environment variables
   * @param directory that relative paths start from
   * @param ids makes UUIDs
   */
  public Session(
      Terminal terminal,
      Map<String, String> environment,
      Path directory,
      Clock clock,
      Supplier<String> ids) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.environment = Map.copyOf(environment);
    this.directory = requireNonNull(directory, "directory is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.ids = requireNonNull(ids, "ids is null");
  }

  /** The session of this process. */
  public static Session ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Session(
        Terminal.ofProcess(environment, Boolean.getBoolean("hotpod.terminal")),
        environment,
        Path.of(""),
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString());
  }

  public Terminal terminal() {
    return terminal;
  }

  /** For the root command, which has picocli fill it. */
  public GlobalOptions options() {
    return options;
  }

  public Clock clock() {
    return clock;
  }

  /** A new UUID. */
  public String newId() {
    return ids.get();
  }

  /** An environment variable; empty text when it is not set. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** A path as people gave it, from the working directory. */
  public Path path(String given) {
    return directory.resolve(given);
  }

  /** Whether the server's JSON was asked for. */
  public boolean json() {
    return options.json;
  }

  /** The server that was chosen. */
  public URI server() {
    String text = first(options.server, variable("HOTPOD_SERVER"), GlobalOptions.DEFAULT_SERVER);
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException failure) {
      // Told below, in the same words as the other ways of being no URL.
    }
    throw CommandFailure.usage(
        "\"" + text + "\" is not the URL of a server.",
        "Give one such as " + GlobalOptions.DEFAULT_SERVER + " with --server or HOTPOD_SERVER.");
  }

  /**
   * A URL as people gave it.
   *
   * @param option that it was given with
   */
  public URI url(String given, String option) {
    try {
      URI uri = new URI(given);
      if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http")) {
        return uri;
      }
    } catch (URISyntaxException failure) {
      // Told below, in the same words as the other ways of being no URL.
    }
    throw CommandFailure.usage("\"" + given + "\", given with " + option + ", is not a URL.");
  }

  /** The authorities that were named to be trusted, if any; else the machine's are. */
  public Optional<SSLContext> authorities() {
    String file = first(options.caFile, variable("HOTPOD_CA_FILE"));
    return file.isEmpty() ? Optional.empty() : Optional.of(Authorities.read(path(file)));
  }

  /** The project that was chosen. */
  public String project() {
    return first(options.project, variable("HOTPOD_PROJECT"), "default");
  }

  /** A client of the chosen server and project. */
  public ApiClient api() {
    return new ApiClient(server(), project(), ShownCredentials.of(this), authorities());
  }

  /** Prints a line of what was asked for. */
  public void print(String line) {
    terminal.out().println(line);
  }

  /** Prints JSON for machines, indented. */
  public void printJson(JsonNode value) {
    // Made here and not once for all: most commands print no JSON, and it takes a while to make.
    JsonMapper pretty = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    terminal.out().println(pretty.writeValueAsString(value));
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
