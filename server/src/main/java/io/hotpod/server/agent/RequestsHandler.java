package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent is asked for, once there is something. */
final class RequestsHandler implements Handler {
  private final InstanceService instances;
  private final Relay relay;
  private final LongPolls longPolls;
  private final Duration longestWait;

  RequestsHandler(
      InstanceService instances, Relay relay, LongPolls longPolls, Duration longestWait) {
    this.instances = instances;
    this.relay = relay;
    this.longPolls = longPolls;
    this.longestWait = longestWait;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String instance = InstanceCredential.authenticate(request, instances);
    Duration wait = request.query().seconds("wait", longestWait);
    return longPolls
        .ask(wait, time -> requests(instance, time))
        .map(RequestsHandler::answer)
        .orElseGet(() -> Response.empty(204));
  }

  private Optional<List<ObjectNode>> requests(String instance, Duration wait) {
    try {
      List<ObjectNode> requests = relay.awaitRequests(instance, wait);
      return requests.isEmpty() ? Optional.empty() : Optional.of(requests);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Response answer(List<ObjectNode> requests) {
    ArrayNode list = Json.array();
    requests.forEach(list::add);
    return Response.json(200, list);
  }
}
