package io.hotpod.server.agent;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.peer.PeerUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the output that an agent was asked for to whoever waits for it, or to the server at which
 * that one is.
 */
final class OutputHandler implements Handler {
  private static final HeaderName ERROR = HeaderNames.create("X-Hotpod-Error");
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than the home has patience with who reads there. */
  private static final Duration PATIENCE_OF_TWO = PATIENCE.plusSeconds(10);

  private final InstanceService instances;
  private final Relay relay;
  private final Neighbours neighbours;

  OutputHandler(InstanceService instances, Relay relay, Neighbours neighbours) {
    this.instances = instances;
    this.relay = relay;
    this.neighbours = neighbours;
  }

  /** Where the pieces go. */
  private interface Sink {
    /** False when nobody takes them any more. */
    boolean take(byte[] piece) throws InterruptedException;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String instance = InstanceCredential.authenticate(request, instances);
    String id = request.variable("request");
    Optional<String> home = neighbours.home(id);
    return home.isPresent()
        ? handOn(home.get(), instance, id, request)
        : take(relay, instance, request);
  }

  /** Takes what an instance says to a request that lives at this server. */
  static Response take(Relay relay, String instance, Request request) throws InterruptedException {
    Pipe pipe =
        relay.claim(instance, request.variable("request")).orElseThrow(OutputHandler::nobodyWaits);
    Optional<String> error = request.header(ERROR);
    if (error.isPresent()) {
      pipe.end(new Pipe.Next.Failed(error.get()));
      return Response.empty(204);
    }
    Pipe.Next ending = new Pipe.Next.Failed("the instance broke off");
    try {
      if (copy(request.stream(), piece -> pipe.write(piece, PATIENCE))) {
        ending = new Pipe.Next.End();
        return Response.empty(204);
      }
    } finally {
      pipe.end(ending);
    }
    throw nobodyReads();
  }

  private Response handOn(String home, String instance, String id, Request request)
      throws InterruptedException {
    Optional<String> error = request.header(ERROR);
    if (error.isPresent()) {
      return answer(neighbours.fail(home, instance, id, ERROR.defaultCase(), error.get()));
    }
    try (PeerUpload upload = neighbours.output(home, instance, id)) {
      if (copy(request.stream(), piece -> upload.write(piece, PATIENCE_OF_TWO))) {
        return answer(upload.finish(PATIENCE_OF_TWO));
      }
    } catch (IOException e) {
      throw nobodyReads();
    }
    throw nobodyReads();
  }

  private static Response answer(int status) {
    if (status == 204) {
      return Response.empty(204);
    }
    throw nobodyReads();
  }

  private static ApiException nobodyWaits() {
    return new ApiException(404, "HTTPNotFound", "Nobody waits for this.");
  }

  /** Not reading on is what stops the agent. */
  private static ApiException nobodyReads() {
    return new ApiException(
        404, "HTTPNotFound", "Nobody reads this any more.", Map.of("Connection", "close"));
  }

  private static boolean copy(InputStream in, Sink sink) throws InterruptedException {
    try {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        if (!sink.take(Arrays.copyOf(buffer, count))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new ApiException(
          400,
          "HTTPBadRequest",
          "The output broke off, or its chunks cannot be read.",
          Map.of("Connection", "close"));
    }
  }

  /** The web server has exceptions of its own for a body that ends early or is no body. */
  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (RuntimeException broken) {
      throw new IOException(broken);
    }
  }
}
