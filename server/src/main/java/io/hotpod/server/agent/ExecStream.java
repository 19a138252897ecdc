package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a command says, on its way to the person who runs it. Used by one thread. */
public final class ExecStream implements AutoCloseable {
  /** An agent says at least every 20 s that it is there. */
  private static final Duration SILENCE = Duration.ofSeconds(75);

  private final RelayRequest request;
  private final Duration start;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Pipe.Next next = new Pipe.Next.Silence();

  ExecStream(RelayRequest request, Duration start, Runnable onClose) {
    this.request = requireNonNull(request, "request is null");
    this.start = requireNonNull(start, "start is null");
    this.onClose = requireNonNull(onClose, "onClose is null");
  }

  /** Names the conversation to whoever sends input. */
  public String id() {
    return request.id();
  }

  /**
   * Waits until the command runs.
   *
   * @param instance its name, for the words of a failure
   * @throws ApiException when the instance does not answer, or answers that it cannot
   */
  public void begin(String instance) throws InterruptedException {
    next = request.output().awaitFetched(start) ? request.output().read(start) : next;
    switch (next) {
      case Pipe.Next.Chunk _ -> {}
      case Pipe.Next.Failed(String why) ->
          throw new ApiException(
              502,
              "ExecUnavailable",
              "Instance %s cannot run the command: %s".formatted(instance, why));
      case Pipe.Next.CutOff(String why) -> throw Relay.cutOff(instance, why);
      case Pipe.Next.End _ ->
          throw new ApiException(
              502,
              "ExecUnavailable",
              "Instance %s cannot run the command, and does not say why.".formatted(instance));
      case Pipe.Next.Silence _ ->
          throw new ApiException(
              503,
              "InstanceUnreachable",
              "Instance %s did not answer within %d seconds; is its agent running?"
                  .formatted(instance, start.toSeconds()));
    }
  }

  /**
   * Writes what the instance sends until it ends.
   *
   * @throws IOException when the person is gone
   */
  public void copyTo(OutputStream out) throws IOException {
    try {
      Pipe.Next piece = next;
      while (piece instanceof Pipe.Next.Chunk chunk) {
        out.write(chunk.bytes());
        out.flush();
        piece = request.output().read(SILENCE);
      }
      String why =
          switch (piece) {
            case Pipe.Next.Chunk _, Pipe.Next.End _ -> "";
            case Pipe.Next.Failed(String reason) -> reason;
            case Pipe.Next.CutOff(String reason) -> reason;
            case Pipe.Next.Silence _ ->
                "nothing was heard of the instance for " + SILENCE.toSeconds() + " seconds";
          };
      // Without a last word the person's side takes the conversation for broken off.
      if (!why.isEmpty()) {
        throw new IOException(why);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }

  /** Tells the instance that the person is gone, which ends the command. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }
}
