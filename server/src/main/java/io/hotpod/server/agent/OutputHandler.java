package io.hotpod.server.agent;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Takes the output that an agent was asked for to whoever waits for it. */
final class OutputHandler implements Handler {
  private static final HeaderName ERROR = HeaderNames.create("X-Hotpod-Error");
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final InstanceService instances;
  private final Relay relay;

  OutputHandler(InstanceService instances, Relay relay) {
    this.instances = instances;
    this.relay = relay;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String instance = InstanceCredential.authenticate(request, instances);
    Pipe pipe =
        relay
            .claim(instance, request.variable("request"))
            .orElseThrow(() -> new ApiException(404, "HTTPNotFound", "Nobody waits for this."));
    Optional<String> error = request.header(ERROR);
    if (error.isPresent()) {
      pipe.end(new Pipe.Next.Failed(error.get()));
      return Response.empty(204);
    }
    if (copy(request.stream(), pipe)) {
      return Response.empty(204);
    }
    // Not reading on is what stops the agent.
    throw new ApiException(
        404, "HTTPNotFound", "Nobody reads this any more.", Map.of("Connection", "close"));
  }

  private static boolean copy(InputStream in, Pipe pipe) throws InterruptedException {
    Pipe.Next ending = new Pipe.Next.Failed("the instance broke off");
    try {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        if (!pipe.write(Arrays.copyOf(buffer, count), PATIENCE)) {
          return false;
        }
      }
      ending = new Pipe.Next.End();
      return true;
    } catch (IOException e) {
      throw new ApiException(
          400,
          "HTTPBadRequest",
          "The output broke off, or its chunks cannot be read.",
          Map.of("Connection", "close"));
    } finally {
      pipe.end(ending);
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
