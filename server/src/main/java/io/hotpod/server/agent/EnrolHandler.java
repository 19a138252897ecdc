package io.hotpod.server.agent;

import io.hotpod.engine.instance.Enrolment;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.RequestFields;
import io.hotpod.server.http.Response;
import tools.jackson.databind.node.ObjectNode;

/** Exchanges a join token for a credential. */
final class EnrolHandler implements Handler {
  private final InstanceService instances;

  EnrolHandler(InstanceService instances) {
    this.instances = instances;
  }

  @Override
  public Response handle(Request request) {
    ObjectNode body = request.requiredBody();
    Enrolment enrolment =
        instances.enrol(
            RequestFields.requiredText(body, "join_token"),
            RequestFields.requiredText(body, "name"));
    InstanceCredential credential =
        new InstanceCredential(enrolment.instanceId(), enrolment.credential());
    return Response.json(
            200,
            Json.object()
                .put("instance_id", enrolment.instanceId())
                .put("credential", credential.text()))
        .with("Cache-Control", "no-store");
  }
}
