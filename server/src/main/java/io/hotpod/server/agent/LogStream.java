package io.hotpod.server.agent;

import io.hotpod.server.http.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A log on its way to the person who asked for it. Used by one thread. */
public final class LogStream implements AutoCloseable {
  /** What an instance cannot do, it says at once; a log may take longer to say anything. */
  private static final Duration FIRST_WORD = Duration.ofMillis(200);

  private final Pipe pipe;
  private final boolean follow;
  private final Duration start;
  private final Duration idle;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Pipe.Next next = new Pipe.Next.Silence();

  LogStream(Pipe pipe, boolean follow, Duration start, Duration idle, Runnable onClose) {
    this.pipe = pipe;
    this.follow = follow;
    this.start = start;
    this.idle = follow ? idle : start;
    this.onClose = onClose;
  }

  /**
   * Waits for the beginning.
   *
   * @param instance its name, for the words of a failure
   * @throws ApiException when the instance does not answer, or answers that it cannot
   */
  public void begin(String instance) throws InterruptedException {
    // An instance answers with the first byte that it has, which a followed log may have later.
    if (!pipe.awaitFetched(start) || (!pipe.awaitClaimed(follow ? FIRST_WORD : start) && !follow)) {
      throw new ApiException(
          503,
          "InstanceUnreachable",
          "Instance %s did not answer within %d seconds; is its agent running?"
              .formatted(instance, start.toSeconds()));
    }
    next = pipe.read(FIRST_WORD);
    if (next instanceof Pipe.Next.CutOff(String why)) {
      throw Relay.cutOff(instance, why);
    }
    if (next instanceof Pipe.Next.Failed(String why)) {
      throw new ApiException(
          502, "LogUnavailable", "Instance %s cannot read the log: %s".formatted(instance, why));
    }
  }

  /**
   * Writes the log until it ends.
   *
   * @throws IOException when the reader is gone, or the log broke off
   */
  public void copyTo(OutputStream out) throws IOException {
    try {
      Pipe.Next piece = next instanceof Pipe.Next.Silence ? pipe.read(idle) : next;
      while (piece instanceof Pipe.Next.Chunk chunk) {
        out.write(chunk.bytes());
        out.flush();
        piece = pipe.read(idle);
      }
      switch (piece) {
        case Pipe.Next.Chunk _, Pipe.Next.End _ -> {}
        case Pipe.Next.Failed(String why) -> throw new IOException("the log broke off: " + why);
        case Pipe.Next.CutOff(String why) -> throw new IOException("the log broke off: " + why);
        case Pipe.Next.Silence _ ->
            throw new IOException("the log was silent for " + idle.toSeconds() + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }

  /** Tells the instance to stop, if it has not. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }
}
