package io.hotpod.server.instance;

import io.hotpod.engine.Engine;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.agent.LogRelay;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Router;

/** The routes about instances and pods. */
public final class InstanceApi {
  private InstanceApi() {}

  /** Adds the routes. */
  public static void addTo(Router router, Engine engine, Callers callers, LogRelay relay) {
    InstanceService service = engine.instances();
    InstanceHandlers instances = new InstanceHandlers(service, callers);
    router.add("GET", "/v1/{project}/instances", instances::list);
    router.add("GET", "/v1/{project}/instances/{name}", instances::show);
    router.add("DELETE", "/v1/{project}/instances/{name}", instances::remove);
    router.add("POST", "/v1/{project}/join_tokens", instances::createJoinToken);
    PodHandlers pods = new PodHandlers(service, callers);
    router.add("GET", "/v1/{project}/pods", pods::list);
    router.add("GET", "/v1/{project}/pods/{name}", pods::show);
    router.add(
        "GET", "/v1/{project}/pods/{name}/logs", new PodLogsHandler(service, callers, relay));
  }
}
