package io.hotpod.server.agent;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;

/** Gives an instance another credential, for the one that it shows. */
final class CredentialHandler implements Handler {
  private final InstanceService instances;

  CredentialHandler(InstanceService instances) {
    this.instances = instances;
  }

  @Override
  public Response handle(Request request) {
    String instance = InstanceCredential.authenticate(request, instances);
    InstanceCredential credential = new InstanceCredential(instance, instances.renew(instance));
    return Response.json(200, Json.object().put("credential", credential.text()))
        .with("Cache-Control", "no-store");
  }
}
