package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Deadlines;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what a person says to the instance that runs the command, also from the server at which
 * that person is. It ends when the person is gone, so that the agent learns it at once.
 */
final class InputHandler implements Handler {
  private static final Duration ALIVE = Duration.ofSeconds(20);

  /** After so long without a word a home that says one every 20 s is gone. */
  private static final Duration SILENCE = Duration.ofSeconds(75);

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final byte[] STILL_HERE = ExecFrame.of(ExecFrame.Kind.ALIVE).encoded();

  private final InstanceService instances;
  private final Relay relay;
  private final Neighbours neighbours;
  private final Deadlines deadlines;

  InputHandler(InstanceService instances, Relay relay, Neighbours neighbours, Deadlines deadlines) {
    this.instances = instances;
    this.relay = relay;
    this.neighbours = neighbours;
    this.deadlines = deadlines;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String instance = InstanceCredential.authenticate(request, instances);
    String id = request.variable("request");
    Optional<String> home = neighbours.home(id);
    if (home.isEmpty()) {
      return give(relay, instance, id);
    }
    InputStream said =
        neighbours.input(home.get(), instance, id).orElseThrow(InputHandler::nobodySpeaks);
    return stream(out -> handOn(said, out));
  }

  /** What a person says who is at this server. */
  static Response give(Relay relay, String instance, String id) {
    Pipe input = relay.claimInput(instance, id).orElseThrow(InputHandler::nobodySpeaks);
    return stream(out -> copy(input, out));
  }

  private static ApiException nobodySpeaks() {
    return new ApiException(404, "HTTPNotFound", "Nobody says anything here.");
  }

  private static Response stream(Response.StreamWriter writer) {
    return new Response(
        200, Map.of(), new Response.Body.Stream("application/octet-stream", writer));
  }

  private void handOn(InputStream said, OutputStream out) throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (said) {
      for (int count = read(said, buffer); count >= 0; count = read(said, buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }

  private int read(InputStream said, byte[] buffer) throws IOException {
    try (Deadlines.Deadline _ = deadlines.begin(SILENCE)) {
      return said.read(buffer);
    }
  }

  private static void copy(Pipe input, OutputStream out) throws IOException {
    try {
      out.write(STILL_HERE);
      out.flush();
      for (; ; ) {
        switch (input.read(ALIVE)) {
          case Pipe.Next.Chunk chunk -> out.write(chunk.bytes());
          case Pipe.Next.Silence _ -> out.write(STILL_HERE);
          case Pipe.Next.End _, Pipe.Next.Failed _, Pipe.Next.CutOff _ -> {
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
