package io.hotpod.agent.source;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A POST whose body is written piece by piece. It begins with the first byte, so that a failure
 * before that can be told in a header. When the other side ends it, the writing thread is
 * interrupted.
 */
final class Upload implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final int LONGEST_HEADER = 500;

  private final HttpClient http;
  private final HttpRequest.Builder request;
  private final PipedOutputStream pipe = new PipedOutputStream();
  private final Thread writer = Thread.currentThread();
  private @org.jspecify.annotations.Nullable Thread sender;
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
        pipe.write(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        if (sender != null) {
          pipe.flush();
        }
      }
    };
  }

  private void begin() throws IOException {
    if (sender == null) {
      PipedInputStream body = new PipedInputStream(pipe, BUFFER);
      HttpRequest post =
          request
              .header("Content-Type", "text/plain; charset=utf-8")
              .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
              .build();
      sender =
          Thread.ofVirtual()
              .name("upload")
              .start(
                  () -> {
                    try {
                      http.send(post, HttpResponse.BodyHandlers.discarding());
                    } catch (IOException | InterruptedException e) {
                      // The writer learns of it below.
                      done = done || Thread.currentThread().isInterrupted();
                    }
                    if (!done) {
                      writer.interrupt();
                    }
                  });
    }
  }

  /** All was written; returns when the other side has it. */
  void finish() throws IOException, InterruptedException {
    begin();
    done = true;
    pipe.close();
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

  @Override
  public void close() throws IOException {
    done = true;
    pipe.close();
  }
}
