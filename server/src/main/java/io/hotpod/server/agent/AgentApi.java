package io.hotpod.server.agent;

import io.hotpod.engine.Engine;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Deadlines;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Router;
import java.time.Duration;

/** The routes that agents call. */
public final class AgentApi {
  private static final String INSTANCE = "/agent/v1/instances/{id}";

  private AgentApi() {}

  /**
   * Adds the routes.
   *
   * @param longestWait of one long poll
   * @param reportBytes the largest report that is taken
   */
  public static void addTo(
      Router router,
      Engine engine,
      LongPolls longPolls,
      Relay relay,
      Neighbours neighbours,
      Deadlines deadlines,
      Duration longestWait,
      int reportBytes) {
    InstanceService instances = engine.instances();
    RequestsHandler requests = new RequestsHandler(instances, relay, longPolls, longestWait);
    router.add("POST", "/agent/v1/enrol", new EnrolHandler(instances));
    router.add(
        "GET", INSTANCE + "/pods", new DesiredPodsHandler(instances, longPolls, longestWait));
    router.add("PUT", INSTANCE + "/report", new ReportHandler(instances, reportBytes));
    router.add("POST", INSTANCE + "/credential", new CredentialHandler(instances));
    router.add("DELETE", INSTANCE, new LeaveHandler(instances));
    router.add("GET", INSTANCE + "/requests", requests);
    router.add(
        "POST",
        INSTANCE + "/requests/{request}/output",
        new OutputHandler(instances, relay, neighbours));
    router.add(
        "GET",
        INSTANCE + "/requests/{request}/input",
        new InputHandler(instances, relay, neighbours, deadlines));
  }
}
