package io.hotpod.server.instance;

import io.hotpod.engine.Engine;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.agent.Relay;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Repeatable;
import io.hotpod.server.http.Router;
import java.time.Duration;

/** The routes about instances and pods. */
public final class InstanceApi {
  private InstanceApi() {}

  /**
   * Adds the routes.
   *
   * @param longestWait of one long poll
   */
  public static void addTo(
      Router router,
      Engine engine,
      Callers callers,
      Relay relay,
      LongPolls longPolls,
      Duration longestWait) {
    InstanceService service = engine.instances();
    InstanceHandlers instances = new InstanceHandlers(service, callers, longPolls, longestWait);
    Repeatable repeatable = new Repeatable(engine.answers(), callers);
    router.add("GET", "/v1/{project}/instances", instances::list);
    router.add("GET", "/v1/{project}/instances/{name}", instances::show);
    router.add("DELETE", "/v1/{project}/instances/{name}", repeatable.of(instances::remove));
    router.add("PATCH", "/v1/{project}/instances/{name}", repeatable.of(instances::change));
    router.add("POST", "/v1/{project}/instances/{name}/drain", repeatable.of(instances::drain));
    router.add("POST", "/v1/{project}/instances/{name}/undrain", repeatable.of(instances::undrain));
    router.add("GET", "/v1/{project}/instances/{name}/empty", instances::empty);
    router.add("POST", "/v1/{project}/instances/{name}/rotate", repeatable.of(instances::rotate));
    router.add("POST", "/v1/{project}/join_tokens", repeatable.of(instances::createJoinToken));
    PodHandlers pods = new PodHandlers(service, callers, engine::hidden);
    router.add("GET", "/v1/{project}/pods", pods::list);
    router.add("GET", "/v1/{project}/pods/{name}", pods::show);
    router.add(
        "GET", "/v1/{project}/pods/{name}/logs", new PodLogsHandler(service, callers, relay));
    PodExecHandlers commands = new PodExecHandlers(service, callers, relay);
    router.add("POST", "/v1/{project}/pods/{name}/exec", commands::run);
    router.add("POST", "/v1/{project}/pods/{name}/exec/{session}/input", commands::input);
  }
}
