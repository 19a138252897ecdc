package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.PodJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * HTTP over Podman's unix socket. Each request has a connection of its own: opening one costs a
 * tenth of a millisecond, none can be stale after Podman's service was restarted, and closing it is
 * how a deadline or an interrupt ends a blocked read (the client's own read timeout does not reach
 * unix sockets). Thread-safe.
 */
final class PodmanTransport implements AutoCloseable {
  private static final String ROOT = "/v4.0.0/libpod";
  private static final int LONGEST_ANSWER = 64 << 20;

  private final UnixDomainSocketAddress address;
  private final ScheduledThreadPoolExecutor deadlines;

  PodmanTransport(Path socket) {
    address = UnixDomainSocketAddress.of(socket);
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("podman-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * @return the JSON that Podman answers; a missing node when it answers with nothing
   * @throws PodmanException when it refuses
   * @throws PodmanUnavailableException when it does not answer
   */
  JsonNode send(PodmanRequest request) throws InterruptedException {
    return exchange(request, true, body -> parse(request, readAll(request, body)));
  }

  /** Reads a stream that may be endless: the deadline ends where the answer begins. */
  <T> T stream(PodmanRequest request, StreamReader<T> reader) throws InterruptedException {
    return exchange(request, false, reader);
  }

  /**
   * @return the header of Podman's answer; empty when it has none
   */
  String header(PodmanRequest request, String name) throws InterruptedException {
    return converse(request, true, (head, body) -> head.header(name).orElse(""));
  }

  /** What reads a stream. */
  interface StreamReader<T> {
    T read(InputStream body) throws IOException, InterruptedException;
  }

  /** What reads an answer. */
  private interface AnswerReader<T> {
    T read(HttpHead head, InputStream body) throws IOException, InterruptedException;
  }

  /**
   * @param whole the deadline is for the whole body, not only for its beginning
   */
  <T> T exchange(PodmanRequest request, boolean whole, StreamReader<T> reader)
      throws InterruptedException {
    return converse(request, whole, (head, body) -> reader.read(body));
  }

  private <T> T converse(PodmanRequest request, boolean whole, AnswerReader<T> reader)
      throws InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    try (PodmanLine line = PodmanLine.open()) {
      Future<?> deadline = endLate(request, late, line);
      try {
        line.connect(address);
        HttpHead head = ask(request, line);
        if (!whole) {
          deadline.cancel(false);
        }
        InputStream body = head.body(line.input());
        if (head.status() >= 300 && head.status() != 304) {
          throw new PodmanException(
              request.doing(), head.status(), message(readAll(request, body)));
        }
        return reader.read(head, body);
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException | UncheckedIOException e) {
      throw failure(request, late.get(), e);
    }
  }

  private static HttpHead ask(PodmanRequest request, PodmanLine line) throws IOException {
    String target = ROOT + request.target();
    if (request.file().isPresent()) {
      line.ask(request.method(), target, request.headers(), request.file().get());
    } else {
      line.ask(
          request.method(), target, request.headers(), request.body().orElseGet(() -> new byte[0]));
    }
    return line.answer();
  }

  /** Closes what was opened when the request's deadline passes. */
  private Future<?> endLate(PodmanRequest request, AtomicBoolean late, AutoCloseable opened) {
    try {
      return deadlines.schedule(
          () -> {
            late.set(true);
            opened.close();
            return true;
          },
          request.deadline().toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Somebody, such as a probe, asks while the agent ends.
      throw new PodmanUnavailableException(request.doing() + ": Podman is asked no more", false, e);
    }
  }

  /**
   * Asks for a connection that goes both ways. The deadline is for Podman's answer.
   *
   * @return to be closed by the caller
   */
  ExecConnection attach(PodmanRequest request) throws InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    Optional<ExecConnection> opened = Optional.empty();
    boolean attached = false;
    try {
      ExecConnection connection = ExecConnection.connect(address);
      opened = Optional.of(connection);
      Future<?> deadline = endLate(request, late, connection);
      try {
        connection.ask(ROOT + request.target(), request.body().orElse(new byte[0]));
        if (connection.status() != 101 && connection.status() != 200) {
          throw new PodmanException(
              request.doing(), connection.status(), message(connection.refusal()));
        }
      } finally {
        deadline.cancel(false);
      }
      attached = true;
      return connection;
    } catch (IOException e) {
      throw failure(request, late.get(), e);
    } finally {
      if (!attached) {
        opened.ifPresent(PodmanTransport::close);
      }
    }
  }

  private static void close(ExecConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RuntimeException failure(PodmanRequest request, boolean late, Exception e)
      throws InterruptedException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(request.doing());
        interrupted.initCause(e);
        throw interrupted;
      }
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why =
        late
            ? "no answer within " + seconds(request.deadline())
            : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new PodmanUnavailableException(
        request.doing() + ": Podman's service at " + address.getPath() + " does not answer: " + why,
        late,
        e);
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static byte[] readAll(PodmanRequest request, InputStream body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
      bytes.write(buffer, 0, length);
      if (bytes.size() > LONGEST_ANSWER) {
        throw new IOException(request.doing() + ": the answer is longer than " + LONGEST_ANSWER);
      }
    }
    return bytes.toByteArray();
  }

  private static JsonNode parse(PodmanRequest request, byte[] answer) throws IOException {
    if (new String(answer, UTF_8).isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return PodJson.read(answer, JsonNode.class);
    } catch (JacksonException e) {
      throw new IOException(request.doing() + ": the answer is not JSON", e);
    }
  }

  private static String message(byte[] answer) {
    String text = new String(answer, UTF_8).strip();
    try {
      JsonNode json = PodJson.read(text, JsonNode.class);
      JsonNode message = json.path("message");
      if (message.isString()) {
        return message.stringValue();
      }
      JsonNode errors = json.path("Errs");
      if (errors.isArray() && !errors.isEmpty()) {
        return errors.get(0).asString("");
      }
      return text;
    } catch (JacksonException e) {
      return text.isEmpty() ? "no reason given" : text;
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }
}
