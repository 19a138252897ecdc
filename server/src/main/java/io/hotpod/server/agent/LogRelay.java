package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Brings logs from the agents, which only ever connect outwards, to the people who ask for them.
 * Thread-safe.
 */
public final class LogRelay implements AutoCloseable {
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, Open> streams = new ConcurrentHashMap<>();
  private final Semaphore permits;
  private final Duration start;
  private final Duration idle;
  private final Supplier<String> ids;

  private record Open(String instanceId, LogRequest request) {}

  /**
   * @param limit how many logs may be read at once
   * @param start how long an instance may take to begin its answer
   * @param idle how long a followed log may be silent; one that is not followed: as long as start
   * @param ids makes the ids of requests
   */
  public LogRelay(int limit, Duration start, Duration idle, Supplier<String> ids) {
    this.permits = new Semaphore(limit);
    this.start = requireNonNull(start, "start is null");
    this.idle = requireNonNull(idle, "idle is null");
    this.ids = requireNonNull(ids, "ids is null");
  }

  /**
   * Asks an instance for a log.
   *
   * @return to be closed by the caller
   * @throws ApiException when too many logs are being read
   */
  public LogStream open(String instanceId, LogQuery query) {
    if (!permits.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyLogs",
          "Too many logs are being read through this server; close one or try again later.");
    }
    LogRequest request = new LogRequest(ids.get(), query, new Pipe());
    streams.put(request.id(), new Open(instanceId, request));
    mailbox(instanceId).put(request);
    return new LogStream(
        request.pipe(), query.follow(), start, idle, () -> close(instanceId, request));
  }

  private void close(String instanceId, LogRequest request) {
    if (streams.remove(request.id()) != null) {
      mailbox(instanceId).remove(request);
      request.pipe().abandon();
      permits.release();
    }
  }

  /** What an instance is asked for, as soon as there is something. */
  List<LogRequest> awaitRequests(String instanceId, Duration wait) throws InterruptedException {
    List<LogRequest> requests = mailbox(instanceId).take(wait);
    requests.forEach(request -> request.pipe().fetched());
    return requests;
  }

  /**
   * The pipe into which an instance writes its answer.
   *
   * @return empty when the request is unknown, another instance's, answered already, or when nobody
   *     waits for it any more
   */
  Optional<Pipe> claim(String instanceId, String requestId) {
    return Optional.ofNullable(streams.get(requestId))
        .filter(open -> open.instanceId().equals(instanceId))
        .map(open -> open.request().pipe())
        .filter(Pipe::claim);
  }

  private Mailbox mailbox(String instanceId) {
    return mailboxes.computeIfAbsent(instanceId, absent -> new Mailbox());
  }

  /** Ends every log. */
  @Override
  public void close() {
    streams
        .values()
        .forEach(open -> open.request().pipe().end(new Pipe.Next.Failed("the server is stopping")));
  }
}
