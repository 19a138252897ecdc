package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Principal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to its handler and the answer, or the refusal, back. Thread-safe. */
public final class Dispatcher implements io.helidon.webserver.http.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-openstack-request-id");
  private static final HeaderName SNIFFING = HeaderNames.create("X-Content-Type-Options");
  private static final String ACCEPT_VERSION_1 = "application/vnd.openstack.orchestration-v1.0";

  private static final int TAKEN_BY_THE_SYSTEM = 4096;
  private static final Pattern OTHER_VERSION = Pattern.compile("v(?!1(\\.0)?$)[0-9]+(\\.[0-9]+)?");

  private final Router router;
  private final Admission admission;
  private final DispatcherSettings settings;
  private final Semaphore permits;
  private final Shares shares;
  private final UnderWay underWay = new UnderWay();

  public Dispatcher(Router router, Authentication authentication, DispatcherSettings settings) {
    this.router = requireNonNull(router, "router is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.admission = new Admission(authentication, settings.limits(), settings.clock());
    this.permits = new Semaphore(settings.limits().concurrent());
    this.shares = new Shares(settings.limits().concurrent(), "requests under way");
  }

  /**
   * Lets no more requests in, and waits until those that are under way are answered, or the time is
   * over: the web server cuts off what runs over HTTP/2.
   */
  public void drain(Duration longest) {
    try {
      underWay.close(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void handle(ServerRequest source, ServerResponse target) {
    boolean open = underWay.begin();
    try {
      handle(source, target, open);
    } finally {
      underWay.end();
    }
  }

  private void handle(ServerRequest source, ServerResponse target, boolean open) {
    Exchange exchange = new Exchange(source, "req-" + settings.ids().get());
    Response response =
        open
            ? answerOrRefusal(exchange)
            : ErrorAnswers.of(
                new ApiException(503, "ServerStopping", "The server is stopping; try again soon."));
    if (ProblemDetails.wantedBy(source)) {
      response = ProblemDetails.of(response, exchange.requestId());
    }
    exchange.audit(settings.audit(), settings.clock(), response.status());
    target.header(REQUEST_ID, exchange.requestId());
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

  private Response answerOrRefusal(Exchange exchange) {
    try {
      return answer(exchange);
    } catch (ApiException refusal) {
      return ErrorAnswers.of(refusal);
    } catch (EngineException refusal) {
      return ErrorAnswers.of(refusal);
    } catch (DatabaseAwayException away) {
      return ErrorAnswers.of(away);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (BadRequestException broken) {
      return ErrorAnswers.of(
          ApiException.badRequest(
              "The request is not well-formed: %s".formatted(broken.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ErrorAnswers.of(
          new ApiException(503, "ServerStopping", "The server is stopping; try again soon."));
    } catch (RuntimeException e) {
      LOG.error("{} {} {} failed", exchange.requestId(), exchange.method(), exchange.rawPath(), e);
      return ErrorAnswers.internal(exchange.requestId());
    }
  }

  private Response answer(Exchange exchange) throws InterruptedException {
    ServerRequest source = exchange.source();
    admission.admit(source);
    List<String> segments = PathText.segments(exchange.rawPath());
    if (isOtherVersion(segments)
        && router.match(Method.GET.text(), segments.subList(0, 1))
            instanceof Router.Match.Found versions) {
      return handle(exchange, versions);
    }
    return switch (router.match(exchange.method(), withVersion(source, segments))) {
      case Router.Match.Found found -> handle(exchange, found);
      case Router.Match.WrongMethod(java.util.SortedSet<String> allowed) ->
          wrongMethod(exchange.method(), String.join(", ", allowed));
      case Router.Match.Unknown() ->
          throw new ApiException(404, "HTTPNotFound", "There is nothing under this URL.");
    };
  }

  private Response handle(Exchange exchange, Router.Match.Found found) throws InterruptedException {
    Permission permission = found.permission();
    exchange.routed(permission, found.variables().getOrDefault("project", ""));
    Principal principal = admission.identify(exchange.source(), permission);
    exchange.identified(principal);
    Request request =
        new Request(
            exchange.source(),
            principal,
            found.variables(),
            Query.parse(exchange.source().prologue().query().rawValue()),
            settings);
    admission.require(principal, permission, request);
    if (permission == Permission.OWN_CREDENTIAL) {
      // Agents wait for changes, thousands of them; LongPolls counts those.
      return found.handler().handle(request);
    }
    if (!permission.needsPrincipal()) {
      return handle(found.handler(), request);
    }
    try (Shares.Share _ = shares.take(principal, request.variable("project"))) {
      return handle(found.handler(), request);
    }
  }

  private Response handle(Handler handler, Request request) throws InterruptedException {
    if (!permits.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyRequests",
          "The server answers as many requests as it can; try again in a moment.",
          Map.of("Retry-After", "1"));
    }
    try {
      return handler.handle(request);
    } finally {
      permits.release();
    }
  }

  /** Whoever asks for a version that there is not is told which there are. */
  private static boolean isOtherVersion(List<String> segments) {
    return !segments.isEmpty() && OTHER_VERSION.matcher(segments.getFirst()).matches();
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

  private void send(ServerRequest source, ServerResponse target, Response response) {
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
        send(target, withoutBody ? new byte[0] : text.getBytes(UTF_8));
      }
      case Response.Body.Stream(String contentType, Response.StreamWriter writer) -> {
        target.header(HeaderNames.CONTENT_TYPE, contentType);
        stream(target, writer);
      }
    }
  }

  /** Whoever does not take a large answer in time is cut off; small ones need nobody to read. */
  private void send(ServerResponse target, byte[] body) {
    if (body.length < TAKEN_BY_THE_SYSTEM) {
      target.send(body);
      return;
    }
    try (Deadlines.Deadline _ =
        settings.deadlines().begin(settings.limits().reading(body.length))) {
      target.send(body);
    } catch (RuntimeException gone) {
      throw new CloseConnectionException("an answer was not read in its time", gone);
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
