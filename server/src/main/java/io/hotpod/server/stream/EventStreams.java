package io.hotpod.server.stream;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.FeedEvent;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Deadlines;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.http.Shares;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The open streams of events: bounded in number, each a thread that sleeps until something happens
 * and a place in the row of events, so that a reader that is slow costs no memory. Thread-safe.
 */
public final class EventStreams implements AutoCloseable {
  private final StreamLimits limits;
  private final Deadlines deadlines;
  private final Semaphore permits;
  private final Shares shares;
  private final Set<EventFollower> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public EventStreams(StreamLimits limits, Deadlines deadlines) {
    this.limits = requireNonNull(limits, "limits is null");
    this.deadlines = requireNonNull(deadlines, "deadlines is null");
    this.permits = new Semaphore(limits.most());
    this.shares = new Shares(limits.most(), "streams of events open");
  }

  /**
   * Answers with a stream.
   *
   * @param reader in whose share, and in that of which project, the stream counts
   * @param following begins to follow the events
   * @param json how one of them is shown
   * @throws ApiException when there are too many streams, or the server is stopping
   */
  public Response answer(
      Request reader, Supplier<EventFollower> following, Function<FeedEvent, ObjectNode> json) {
    Shares.Share share = shares.take(reader.principal(), reader.variable("project"));
    try {
      return answer(share, following, json);
    } catch (RuntimeException refusal) {
      share.close();
      throw refusal;
    }
  }

  private Response answer(
      Shares.Share share, Supplier<EventFollower> following, Function<FeedEvent, ObjectNode> json) {
    if (closed || !permits.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyStreams",
          "Too many streams of events are open; close one, or try again later.",
          Map.of("Retry-After", "10"));
    }
    EventFollower follower;
    try {
      follower = following.get();
    } catch (RuntimeException refusal) {
      permits.release();
      throw refusal;
    }
    open.add(follower);
    return new Response(
        200,
        // The last is for proxies that would keep a stream until it ends.
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        new Response.Body.Stream(
            "text/event-stream",
            out -> {
              try (share) {
                write(out, follower, json);
              }
            }));
  }

  private void write(OutputStream out, EventFollower follower, Function<FeedEvent, ObjectNode> json)
      throws IOException {
    try {
      SseText text = new SseText();
      text.ready(follower.begin());
      send(out, text);
      long end = System.nanoTime() + limits.longest().toNanos();
      long left = limits.longest().toNanos();
      while (!closed && left > 0) {
        List<FeedEvent> events =
            follower.next(Duration.ofNanos(Math.min(left, limits.heartbeat().toNanos())));
        if (events.isEmpty()) {
          text.heartbeat();
        }
        events.forEach(event -> text.event(event.event(), json.apply(event)));
        send(out, text);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the stream of events was interrupted");
    } finally {
      open.remove(follower);
      follower.close();
      permits.release();
    }
  }

  /** Whoever does not take it in time is cut off; it may come back and go on where it was. */
  private void send(OutputStream out, SseText text) throws IOException {
    Deadlines.Deadline deadline = deadlines.begin(limits.write());
    try {
      out.write(text.take());
      out.flush();
    } catch (RuntimeException gone) {
      throw new IOException("the reader of a stream of events is gone", gone);
    } finally {
      deadline.close();
    }
  }

  /** Ends every stream. */
  @Override
  public void close() {
    closed = true;
    open.forEach(EventFollower::close);
  }
}
