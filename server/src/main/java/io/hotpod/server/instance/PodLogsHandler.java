package io.hotpod.server.instance;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.agent.LogQuery;
import io.hotpod.server.agent.LogStream;
import io.hotpod.server.agent.Relay;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.Map;

/** What a container wrote, asked from its instance. */
final class PodLogsHandler implements Handler {
  private final InstanceService instances;
  private final Callers callers;
  private final Relay relay;

  PodLogsHandler(InstanceService instances, Callers callers, Relay relay) {
    this.instances = instances;
    this.callers = callers;
    this.relay = relay;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    Query query = request.query();
    boolean follow = query.flag("follow", false);
    RunningPod running =
        RunningPod.find(
            instances,
            callers.of(request),
            request.variable("name"),
            query.last("container"),
            "it has no logs; they begin anew",
            "its logs cannot be read");
    LogQuery wanted =
        new LogQuery(running.pod().id(), running.container(), query.integer("tail"), follow);
    return stream(relay.open(running.instance().id(), wanted), running.instance().name());
  }

  private static Response stream(LogStream log, String instance) throws InterruptedException {
    boolean begun = false;
    try {
      log.begin(instance);
      begun = true;
    } finally {
      if (!begun) {
        log.close();
      }
    }
    Response.StreamWriter writer =
        out -> {
          try (log) {
            log.copyTo(out);
          }
        };
    return new Response(
        200, Map.of(), new Response.Body.Stream("text/plain; charset=utf-8", writer));
  }
}
