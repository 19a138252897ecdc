package io.hotpod.server.peer;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.servers.Peers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Clock;

/** Lets other servers on the same database through to a handler, and nobody else. */
public final class PeerRoute implements Handler {
  private final Peers peers;
  private final Clock clock;
  private final Handler handler;

  public PeerRoute(Peers peers, Clock clock, Handler handler) {
    this.peers = requireNonNull(peers, "peers is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.handler = requireNonNull(handler, "handler is null");
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    PeerProof.require(request, peers, clock);
    return handler.handle(request);
  }
}
