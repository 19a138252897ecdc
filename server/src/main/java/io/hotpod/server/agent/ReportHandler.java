package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import tools.jackson.core.JacksonException;

/** Takes in what an agent saw. */
final class ReportHandler implements Handler {
  private final InstanceService instances;
  private final int limit;

  ReportHandler(InstanceService instances, int limit) {
    this.instances = instances;
    this.limit = limit;
  }

  @Override
  public Response handle(Request request) {
    InstanceCredential.Shown shown = InstanceCredential.identify(request, instances);
    instances.report(shown.instanceId(), read(request.bytes(limit)));
    return shown.remind(Response.empty(204));
  }

  private static PodReport read(byte[] body) {
    try {
      PodReport report = PodJson.read(body, PodReport.class);
      if (report != null) {
        return report;
      }
    } catch (JacksonException e) {
      throw ApiException.badRequest("The body is not a report: " + e.getOriginalMessage());
    }
    throw ApiException.badRequest("The body is not a report: it is null.");
  }
}
