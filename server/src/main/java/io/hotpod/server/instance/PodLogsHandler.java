package io.hotpod.server.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.server.agent.LogQuery;
import io.hotpod.server.agent.LogRelay;
import io.hotpod.server.agent.LogStream;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a container wrote, asked from its instance. */
final class PodLogsHandler implements Handler {
  private final InstanceService instances;
  private final Callers callers;
  private final LogRelay relay;

  PodLogsHandler(InstanceService instances, Callers callers, LogRelay relay) {
    this.instances = instances;
    this.callers = callers;
    this.relay = relay;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    Caller caller = callers.of(request);
    Query query = request.query();
    boolean follow = query.flag("follow", false);
    PodRecord pod = instances.pod(caller, request.variable("name"));
    if (!pod.desired().run()) {
      throw new ApiException(
          409,
          "ActionNotComplete",
          "Pod %s/%s is suspended, so it has no logs; they begin anew when its stack is resumed."
              .formatted(pod.stackName(), pod.resourceName()));
    }
    LogQuery wanted =
        new LogQuery(
            pod.id(), container(pod, query.last("container")), query.integer("tail"), follow);
    Instance instance = instances.find(caller, pod.instanceId());
    if (!instance.connected()) {
      throw new EngineException(
          ErrorCode.INSTANCE_UNREACHABLE,
          "Instance %s is not connected, so its logs cannot be read now."
              .formatted(instance.name()));
    }
    return stream(relay.open(instance.id(), wanted), instance.name());
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

  private static String container(PodRecord pod, Optional<String> wanted) {
    List<String> containers = PodRecordJson.containers(pod);
    if (wanted.isPresent()) {
      if (!PodRecordJson.hasContainer(pod, wanted.get())) {
        throw new ApiException(
            404,
            "EntityNotFound",
            "The pod has no container %s; it has: %s."
                .formatted(wanted.get(), String.join(", ", containers)));
      }
      return wanted.get();
    }
    if (containers.size() > 1) {
      throw ApiException.badRequest(
          "The pod has several containers; name one of them: %s."
              .formatted(String.join(", ", containers)));
    }
    return containers.isEmpty() ? "" : containers.getFirst();
  }
}
