package io.hotpod.server.peer;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A body that is written to another server piece by piece, each of which is on its way once it is
 * written. When the other side ends it, the thread that writes is interrupted, for it may wait for
 * the next piece. Used by the thread that made it.
 */
public final class PeerUpload implements AutoCloseable {
  private static final int PIECES = 16;

  // Not a body from a stream: that is read one piece ahead, which holds back the last one.
  private final SubmissionPublisher<ByteBuffer> pieces =
      new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), PIECES);
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final Thread writer = Thread.currentThread();
  private CompletableFuture<HttpResponse<byte[]>> sent = new CompletableFuture<>();
  private boolean over;
  private boolean interrupted;

  PeerUpload() {}

  BodyPublisher body() {
    return BodyPublishers.fromPublisher(
        subscriber -> {
          pieces.subscribe(subscriber);
          begun.complete(true);
        });
  }

  void sentAs(CompletableFuture<HttpResponse<byte[]>> future) {
    sent = future;
  }

  /** Waits until the other side takes it; what went wrong when it does not. */
  Optional<Throwable> awaitBegun(Duration patience) throws InterruptedException {
    CompletableFuture<?> first = CompletableFuture.anyOf(begun, sent);
    try {
      first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of(e);
    }
    CompletableFuture<?> _ = sent.whenComplete((answer, failure) -> ended());
    return Optional.empty();
  }

  private synchronized void ended() {
    if (!over) {
      interrupted = true;
      writer.interrupt();
    }
  }

  /**
   * Hands over some bytes, which are not to be changed any more.
   *
   * @return false when nobody takes them: the other side left, or took nothing for all that time
   */
  public boolean write(byte[] bytes, Duration patience) {
    return pieces.hasSubscribers()
        && !sent.isDone()
        && pieces.offer(
                ByteBuffer.wrap(bytes),
                patience.toMillis(),
                TimeUnit.MILLISECONDS,
                (subscriber, dropped) -> false)
            >= 0;
  }

  /**
   * All was written; waits until the other side has it.
   *
   * @return the status of its answer
   * @throws IOException when it does not answer
   */
  public int finish(Duration patience) throws IOException, InterruptedException {
    end();
    pieces.close();
    try {
      return sent.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the other server does not answer", e);
    }
  }

  private synchronized void end() {
    over = true;
    if (interrupted) {
      Thread.interrupted();
      interrupted = false;
    }
  }

  /** Ends what is not finished as broken off. */
  @Override
  public void close() {
    end();
    pieces.closeExceptionally(new IOException("it broke off"));
    sent.cancel(true);
  }
}
