package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;

/** Takes in that a machine is no instance any more. Its credential is void from then on. */
final class LeaveHandler implements Handler {
  private final InstanceService instances;

  LeaveHandler(InstanceService instances) {
    this.instances = instances;
  }

  @Override
  public Response handle(Request request) {
    instances.leave(InstanceCredential.authenticate(request, instances));
    return Response.empty(204);
  }
}
