package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param headers beside those that every answer has
 */
public record Response(int status, Map<String, String> headers, Body body) {
  public Response {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body is null");
  }

  /** What an answer carries. */
  public sealed interface Body {
    /** Nothing. */
    record Empty() implements Body {}

    /** A text of a media type. */
    record Text(String contentType, String text) implements Body {
      public Text {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(text, "text is null");
      }
    }

    /** Bytes that are written while they come in; the head goes out with the first of them. */
    record Stream(String contentType, StreamWriter writer) implements Body {
      public Stream {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(writer, "writer is null");
      }
    }
  }

  /** Writes a streamed body; runs on the thread of the request. */
  @FunctionalInterface
  public interface StreamWriter {
    /**
     * @throws IOException when the other end is gone or the source broke; the connection is closed
     *     then, so that nobody takes the half for the whole
     */
    void write(OutputStream out) throws IOException;
  }

  /** A JSON value. */
  public static Response json(int status, JsonNode value) {
    return jsonText(status, Json.write(value));
  }

  /** JSON that is written already. */
  public static Response jsonText(int status, String text) {
    return new Response(status, Map.of(), new Body.Text("application/json", text));
  }

  /** {@code null}, as Heat answers where there is nothing to say. */
  public static Response jsonNull() {
    return jsonText(200, "null");
  }

  /** No body. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new Body.Empty());
  }

  /** This answer with one header more. */
  public Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body);
  }
}
