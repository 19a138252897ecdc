package io.hotpod.server.agent;

import io.hotpod.engine.servers.Peers;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.http.Router;
import io.hotpod.server.peer.PeerRoute;
import java.time.Clock;
import java.time.Duration;

/** What servers on the same database ask the one at which a person waits for an instance. */
public final class PeerApi {
  private static final String REQUEST = "/servers/v1/instances/{id}/requests/{request}";
  private static final int LONGEST_INPUT = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private PeerApi() {}

  /** Adds the routes. */
  public static void addTo(Router router, Peers peers, Relay relay, Clock clock) {
    Handler take = request -> take(relay, request);
    Handler output = request -> OutputHandler.take(relay, request.variable("id"), request);
    Handler input =
        request -> InputHandler.give(relay, request.variable("id"), request.variable("request"));
    Handler say = request -> say(relay, request);
    router.add("POST", REQUEST + "/take", new PeerRoute(peers, clock, take));
    router.add("POST", REQUEST + "/output", new PeerRoute(peers, clock, output));
    router.add("GET", REQUEST + "/input", new PeerRoute(peers, clock, input));
    router.add(
        "POST", "/servers/v1/pods/{pod}/exec/{session}/input", new PeerRoute(peers, clock, say));
  }

  private static Response take(Relay relay, Request request) {
    return relay
        .take(request.variable("id"), request.variable("request"))
        .map(asked -> Response.json(200, asked).with("Cache-Control", "no-store"))
        .orElseThrow(
            () -> new ApiException(404, "HTTPNotFound", "It was fetched, or nobody waits for it."));
  }

  private static Response say(Relay relay, Request request) throws InterruptedException {
    byte[] bytes = request.bytes(LONGEST_INPUT);
    if (!relay.inputHere(request.variable("pod"), request.variable("session"), bytes, PATIENCE)) {
      throw new ApiException(404, "EntityNotFound", "The command has ended, or there was none.");
    }
    return Response.empty(204);
  }
}
