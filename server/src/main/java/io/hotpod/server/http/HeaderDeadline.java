package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Closes a connection whose client began a request and does not come to the end of its headers. The
 * request line itself is bounded by the time that a connection may be idle. Thread-safe.
 */
public final class HeaderDeadline implements Http1ConnectionListener {
  private final Deadlines deadlines;
  private final Duration time;

  /** Forgets connections that ended in between. */
  private final Map<ConnectionContext, Deadlines.Deadline> running = new WeakHashMap<>();

  public HeaderDeadline(Deadlines deadlines, Duration time) {
    this.deadlines = requireNonNull(deadlines, "deadlines is null");
    this.time = requireNonNull(time, "time is null");
  }

  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    Deadlines.Deadline deadline = deadlines.begin(time);
    synchronized (running) {
      running.put(context, deadline);
    }
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    Optional<Deadlines.Deadline> deadline;
    synchronized (running) {
      deadline = Optional.ofNullable(running.remove(context));
    }
    deadline.ifPresent(Deadlines.Deadline::close);
  }
}
