package io.hotpod.server.http;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Reads request bodies up to a limit. What is over it is never kept: a moderate rest is read and
 * thrown away, because a client that is still sending would miss an answer.
 */
final class BodyReader {
  static final long DISCARDED_BYTES = 64L * 1024 * 1024;
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  private BodyReader() {}

  static byte[] read(ServerRequest request, int limit) {
    requireLength(request);
    long announced = request.headers().contentLength().orElse(0);
    try {
      if (announced > limit) {
        throw tooLarge(request, announced, limit);
      }
      if (!request.content().hasEntity()) {
        return new byte[0];
      }
      byte[] bytes = read(request.content().inputStream(), limit + 1);
      if (bytes.length > limit) {
        throw tooLarge(request, bytes.length, limit);
      }
      return bytes;
    } catch (IOException e) {
      throw new CloseConnectionException("the request's body could not be read", e);
    }
  }

  /** Of a client that goes away in the middle the web server tells in a way of its own. */
  private static byte[] read(InputStream in, int most) throws IOException {
    try {
      return in.readNBytes(most);
    } catch (BadRequestException broken) {
      throw broken;
    } catch (RuntimeException early) {
      throw new ApiException(
          400, "HTTPBadRequest", "The request ended before its body did.", CLOSE);
    }
  }

  /** A chunk is buffered whole before it can be seen, so a body without a length has no limit. */
  private static void requireLength(ServerRequest request) {
    if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
      throw new ApiException(
          411,
          "HTTPLengthRequired",
          "The request's body needs a Content-Length; Transfer-Encoding is not accepted here.",
          CLOSE);
    }
  }

  private static ApiException tooLarge(ServerRequest request, long announced, int limit)
      throws IOException {
    String message =
        "Request limit exceeded: the body has %d bytes, at most %d are accepted."
            .formatted(announced, limit);
    boolean waiting = request.headers().contains(HeaderValues.EXPECT_100);
    if (waiting || announced > DISCARDED_BYTES) {
      return new ApiException(400, "RequestLimitExceeded", message, CLOSE);
    }
    try (InputStream rest = request.content().inputStream()) {
      rest.transferTo(OutputStream.nullOutputStream());
    }
    return new ApiException(400, "RequestLimitExceeded", message);
  }
}
