package io.hotpod.agent.source;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A POST whose body is written piece by piece, each of which is on its way once it is written. It
 * begins with the first byte, so that a failure before that can be told in a header. When the other
 * side ends it, the writing thread is interrupted. For one writing thread.
 */
final class Upload implements AutoCloseable {
  private static final int PIECES = 16;
  private static final int LONGEST_HEADER = 500;
  private static final int CONNECT_SECONDS = 20;

  private final HttpClient http;
  private final HttpRequest.Builder request;

  // Not a body from a stream: that is read one piece ahead, which holds back the last one.
  private final SubmissionPublisher<ByteBuffer> pieces =
      new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), PIECES);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Thread writer = Thread.currentThread();
  private @Nullable Thread sender;
  private volatile boolean done;

  Upload(HttpClient http, HttpRequest.Builder request) {
    this.http = http;
    this.request = request;
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        if (!pieces.hasSubscribers()) {
          throw new IOException("nobody reads any more");
        }
        pieces.submit(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
      }
    };
  }

  private void begin() throws IOException {
    if (sender != null) {
      return;
    }
    HttpRequest post =
        request
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    subscriber -> {
                      pieces.subscribe(subscriber);
                      asked.countDown();
                    }))
            .build();
    sender = Thread.ofVirtual().name("upload").start(() -> send(post));
    try {
      if (!asked.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the server does not take the answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void send(HttpRequest post) {
    try {
      http.send(post, HttpResponse.BodyHandlers.discarding());
    } catch (IOException | InterruptedException e) {
      // The writer learns of it by the interrupt below.
      asked.countDown();
    }
    if (!done) {
      writer.interrupt();
    }
  }

  /** All was written; returns when the other side has it. */
  void finish() throws IOException, InterruptedException {
    begin();
    done = true;
    pieces.close();
    if (sender != null) {
      sender.join();
    }
  }

  /** Says why there is nothing; when something was written already, ends there. */
  void fail(String message) throws IOException, InterruptedException {
    if (sender != null) {
      finish();
      return;
    }
    done = true;
    String line = message.replaceAll("[^\\x20-\\x7e]", " ");
    HttpRequest post =
        request
            .header(
                "X-Hotpod-Error",
                line.substring(0, Math.min(line.length(), LONGEST_HEADER)).strip())
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    http.send(post, HttpResponse.BodyHandlers.discarding());
  }

  /** Ends what is not finished as broken off. */
  @Override
  public void close() {
    if (!done) {
      done = true;
      pieces.closeExceptionally(new IOException("the answer broke off"));
    }
    if (sender != null) {
      sender.interrupt();
    }
  }
}
