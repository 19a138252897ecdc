package io.hotpod.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.node.ObjectNode;

/** A request that a route was found for. Used by the one thread that handles it. */
public final class Request {
  private final ServerRequest source;
  private final Principal principal;
  private final Map<String, String> variables;
  private final Query query;
  private final DispatcherSettings settings;
  private boolean bodyRead;
  private Optional<ObjectNode> body = Optional.empty();

  Request(
      ServerRequest source,
      Principal principal,
      Map<String, String> variables,
      Query query,
      DispatcherSettings settings) {
    this.source = source;
    this.principal = principal;
    this.variables = variables;
    this.query = query;
    this.settings = settings;
  }

  public String method() {
    return source.prologue().method().text();
  }

  /** As it was sent, percent escapes and all. */
  public String rawPath() {
    return source.prologue().uriPath().rawPath();
  }

  public Query query() {
    return query;
  }

  /** The decoded value of a variable of the route. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  /** The first value of a header. */
  public Optional<String> header(HeaderName name) {
    return source.headers().first(name);
  }

  /** Who asks. */
  public Principal principal() {
    return principal;
  }

  /** The name of the user who asks; empty where users are not told apart. */
  public Optional<String> user() {
    return switch (principal.grants()) {
      case Grants.Everything() -> Optional.empty();
      case Grants.Projects projects ->
          Optional.of(principal.name()).filter(name -> !name.isEmpty());
    };
  }

  /** The address that the request came from: that of the last proxy, if there are any. */
  public String remoteAddress() {
    return PeerAddress.of(source.remotePeer());
  }

  /** Where the caller reached this server: {@code http://host:port}, without a slash at its end. */
  public String baseUri() {
    return settings
        .publicUrl()
        .map(URI::toString)
        .orElseGet(() -> (source.isSecure() ? "https://" : "http://") + source.authority());
  }

  /**
   * The JSON object of the body, by Heat's rules: anything that is not JSON by its content type, or
   * does not begin with a brace, counts as no body.
   *
   * @throws ApiException when the body is broken JSON or larger than the limit
   */
  public Optional<ObjectNode> body() {
    if (!bodyRead) {
      body = readBody();
      bodyRead = true;
    }
    return body;
  }

  private Optional<ObjectNode> readBody() {
    byte[] bytes = bytes(settings.bodyLimit());
    if (bytes.length == 0 || bytes[0] != '{' || !isJson()) {
      return Optional.empty();
    }
    try {
      ObjectNode body = (ObjectNode) Json.read(bytes);
      NulCheck.require(bytes, body);
      return Optional.of(body);
    } catch (JacksonException e) {
      throw ApiException.badRequest(
          "The body is not valid JSON: " + place(e) + e.getOriginalMessage());
    }
  }

  private static String place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
  }

  /**
   * The JSON object of the body.
   *
   * @throws ApiException when there is none
   */
  public ObjectNode requiredBody() {
    return body()
        .orElseThrow(
            () -> ApiException.badRequest("The request needs a body that is a JSON object."));
  }

  /**
   * The whole body.
   *
   * @throws ApiException when it is larger than the limit, or not what its Content-Digest tells
   */
  public byte[] bytes(int limit) {
    Deadlines.Deadline deadline = settings.deadlines().begin(settings.limits().body());
    try {
      byte[] bytes = BodyReader.read(source, limit);
      ContentDigest.require(source.headers(), bytes);
      return bytes;
    } catch (ApiException refusal) {
      throw refusal;
    } catch (RuntimeException broken) {
      if (deadline.fired()) {
        throw new CloseConnectionException("the body did not come in within its time", broken);
      }
      throw broken;
    } finally {
      deadline.close();
    }
  }

  /** The body while it comes in. */
  public InputStream stream() {
    return source.content().hasEntity()
        ? source.content().inputStream()
        : InputStream.nullInputStream();
  }

  /** By what the header begins with; one that is broken says nothing. */
  private boolean isJson() {
    Optional<String> type =
        source.headers().first(HeaderNames.CONTENT_TYPE).map(text -> text.split(";", 2)[0].strip());
    return type.isEmpty()
        || type.get().equalsIgnoreCase("application/json")
        || type.get().toLowerCase(Locale.ROOT).startsWith("text/plain");
  }
}
