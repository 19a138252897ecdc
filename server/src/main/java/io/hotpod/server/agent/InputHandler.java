package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Takes what a person says to the instance that runs the command. It ends when the person is gone,
 * so that the agent learns it at once.
 */
final class InputHandler implements Handler {
  private static final Duration ALIVE = Duration.ofSeconds(20);
  private static final byte[] STILL_HERE = ExecFrame.of(ExecFrame.Kind.ALIVE).encoded();

  private final InstanceService instances;
  private final Relay relay;

  InputHandler(InstanceService instances, Relay relay) {
    this.instances = instances;
    this.relay = relay;
  }

  @Override
  public Response handle(Request request) {
    String instance = InstanceCredential.authenticate(request, instances);
    Pipe input =
        relay
            .claimInput(instance, request.variable("request"))
            .orElseThrow(() -> new ApiException(404, "HTTPNotFound", "Nobody says anything here."));
    return new Response(
        200,
        Map.of(),
        new Response.Body.Stream("application/octet-stream", out -> copy(input, out)));
  }

  private static void copy(Pipe input, OutputStream out) throws IOException {
    try {
      out.write(STILL_HERE);
      out.flush();
      for (; ; ) {
        switch (input.read(ALIVE)) {
          case Pipe.Next.Chunk chunk -> out.write(chunk.bytes());
          case Pipe.Next.Silence _ -> out.write(STILL_HERE);
          case Pipe.Next.End _, Pipe.Next.Failed _ -> {
            return;
          }
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    } finally {
      input.abandon();
    }
  }
}
