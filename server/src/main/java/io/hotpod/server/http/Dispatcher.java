package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.hotpod.engine.EngineException;
import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Principal;
import io.hotpod.server.access.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to its handler and the answer, or the refusal, back. Thread-safe. */
public final class Dispatcher implements io.helidon.webserver.http.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-openstack-request-id");
  private static final HeaderName SNIFFING = HeaderNames.create("X-Content-Type-Options");
  private static final String ACCEPT_VERSION_1 = "application/vnd.openstack.orchestration-v1.0";

  private final Router router;
  private final Authentication authentication;
  private final int bodyLimit;
  private final Supplier<String> ids;

  /**
   * @param bodyLimit in bytes, of JSON bodies
   * @param ids makes the ids of requests
   */
  public Dispatcher(
      Router router, Authentication authentication, int bodyLimit, Supplier<String> ids) {
    this.router = requireNonNull(router, "router is null");
    this.authentication = requireNonNull(authentication, "authentication is null");
    this.bodyLimit = bodyLimit;
    this.ids = requireNonNull(ids, "ids is null");
  }

  @Override
  public void handle(ServerRequest source, ServerResponse target) {
    String requestId = "req-" + ids.get();
    Response response = answerOrRefusal(source, requestId);
    target.header(REQUEST_ID, requestId);
    target.header(SNIFFING, "nosniff");
    boolean last = isHttp1(source) && isLast(source, response);
    if (last) {
      target.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(source, target, response);
    if (last) {
      // The web server would go on to read what is left of this request as the next one.
      throw new CloseConnectionException("the last answer on this connection");
    }
  }

  private Response answerOrRefusal(ServerRequest source, String requestId) {
    try {
      return answer(source);
    } catch (ApiException refusal) {
      return ErrorAnswers.of(refusal);
    } catch (EngineException refusal) {
      return ErrorAnswers.of(refusal);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ErrorAnswers.of(
          new ApiException(503, "ServerStopping", "The server is stopping; try again soon."));
    } catch (RuntimeException e) {
      LOG.error(
          "{} {} {} failed",
          requestId,
          source.prologue().method().text(),
          source.prologue().uriPath().rawPath(),
          e);
      return ErrorAnswers.internal(requestId);
    }
  }

  private Response answer(ServerRequest source) throws InterruptedException {
    authentication.admit(source);
    String method = source.prologue().method().text();
    List<String> segments = PathText.segments(source.prologue().uriPath().rawPath());
    return switch (router.match(method, withVersion(source, segments))) {
      case Router.Match.Found(
              Handler handler,
              Permission permission,
              Map<String, String> variables) -> {
        requirePermission(source, permission, variables);
        yield handler.handle(
            new Request(
                source, variables, Query.parse(source.prologue().query().rawValue()), bodyLimit));
      }
      case Router.Match.WrongMethod(java.util.SortedSet<String> allowed) ->
          wrongMethod(method, String.join(", ", allowed));
      case Router.Match.Unknown() ->
          throw new ApiException(404, "HTTPNotFound", "There is nothing under this URL.");
    };
  }

  /** Refuses who is not known, then who is not of the project, then who may not do this in it. */
  private void requirePermission(
      ServerRequest source, Permission permission, Map<String, String> variables) {
    if (!permission.needsPrincipal()) {
      return;
    }
    if (permission == Permission.NOBODY) {
      throw forbidden("Nobody may do this: the server's table of routes does not have it.");
    }
    Principal principal = authentication.identify(source);
    String project = variables.getOrDefault("project", "");
    Set<Role> roles = principal.grants().in(project);
    if (roles.isEmpty()) {
      throw forbidden(
          "%s has no role in the project %s, or the token is for another one."
              .formatted(principal.name(), project));
    }
    if (!permission.isGivenBy(roles)) {
      throw forbidden(
          "This needs one of the roles %s in the project %s; %s has %s."
              .formatted(names(permission.roles()), project, principal.name(), names(roles)));
    }
  }

  private static ApiException forbidden(String message) {
    return new ApiException(403, "Forbidden", message);
  }

  private static String names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::text).collect(Collectors.joining(", "));
  }

  /** {@code v1.0} is {@code v1}; no version at all is, too, when the Accept header names it. */
  private static List<String> withVersion(ServerRequest source, List<String> segments) {
    if (segments.isEmpty() || segments.getFirst().equals("v1")) {
      return segments;
    }
    List<String> versioned = new java.util.ArrayList<>(segments);
    if (segments.getFirst().equals("v1.0")) {
      versioned.set(0, "v1");
      return versioned;
    }
    if (source.headers().first(HeaderNames.ACCEPT).filter(ACCEPT_VERSION_1::equals).isPresent()) {
      versioned.addFirst("v1");
      return versioned;
    }
    return segments;
  }

  private static Response wrongMethod(String method, String allowed) {
    if (method.equals(Method.OPTIONS.text())) {
      return Response.empty(204).with("Allow", allowed);
    }
    throw new ApiException(
        405,
        "HTTPMethodNotAllowed",
        "%s is not allowed here; allowed are: %s.".formatted(method, allowed),
        Map.of("Allow", allowed));
  }

  /** HTTP/2 knows no header about the connection, and ends a request without ending that. */
  private static boolean isHttp1(ServerRequest source) {
    return source.prologue().protocolVersion().startsWith("1");
  }

  /** Whether the connection ends with this answer. */
  private static boolean isLast(ServerRequest source, Response response) {
    return source.headers().contains(HeaderValues.CONNECTION_CLOSE)
        || "close".equals(response.headers().get("Connection"))
        || leavesTooMuchUnread(source);
  }

  private static boolean leavesTooMuchUnread(ServerRequest source) {
    if (!source.content().hasEntity() || source.content().consumed()) {
      return false;
    }
    return source.headers().contains(HeaderNames.TRANSFER_ENCODING)
        || source.headers().contentLength().orElse(0) > BodyReader.DISCARDED_BYTES;
  }

  private static void send(ServerRequest source, ServerResponse target, Response response) {
    target.status(response.status());
    boolean http1 = isHttp1(source);
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (http1 || !name.equals("Connection")) {
                target.header(HeaderNames.create(name), value);
              }
            });
    boolean withoutBody = source.prologue().method().equals(Method.HEAD);
    switch (response.body()) {
      case Response.Body.Empty() -> target.send();
      case Response.Body.Text(String contentType, String text) -> {
        target.header(HeaderNames.CONTENT_TYPE, contentType);
        target.send(withoutBody ? new byte[0] : text.getBytes(UTF_8));
      }
      case Response.Body.Stream(String contentType, Response.StreamWriter writer) -> {
        target.header(HeaderNames.CONTENT_TYPE, contentType);
        stream(target, writer);
      }
    }
  }

  private static void stream(ServerResponse target, Response.StreamWriter writer) {
    try (OutputStream out = target.outputStream()) {
      writer.write(out);
    } catch (IOException e) {
      throw new CloseConnectionException("a streamed answer ended early", e);
    }
  }
}
