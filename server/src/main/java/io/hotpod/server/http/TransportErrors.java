package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Gives refusals below the level of requests, such as a broken request line, Heat's shape too. */
public final class TransportErrors {
  private TransportErrors() {}

  /** Handlers for every kind of such refusal. */
  public static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, TransportErrors::answer);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse answer(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    String words = message == null || message.isEmpty() ? words(type, status) : message;
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .keepAlive(false)
        .entity(ErrorAnswers.transport(status.code(), words).getBytes(UTF_8))
        .build();
  }

  private static String words(DirectHandler.EventType type, Status status) {
    return type == DirectHandler.EventType.BAD_REQUEST
        ? "The request is not well-formed: its request line, a header or the framing of its body"
            + " is broken."
        : status.reasonPhrase();
  }
}
