package io.hotpod.server.instance;

import io.hotpod.engine.instance.Drain;
import io.hotpod.engine.instance.Instance;
import io.hotpod.pod.PodJson;
import io.hotpod.server.heat.Times;
import io.hotpod.server.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** An instance as the API shows it. */
final class InstanceJson {
  private InstanceJson() {}

  static ObjectNode full(Instance instance) {
    ObjectNode object = Json.object();
    object.put("id", instance.id()).put("name", instance.name());
    object.put("connected", instance.connected());
    object.put("enrolled_at", Times.text(instance.enrolledAt()));
    Times.put(object, "last_seen_at", instance.lastSeenAt());
    object.put("desired_version", instance.desiredVersion());
    object.put("applied_version", instance.appliedVersion());
    object.put("drained", instance.drain() != Drain.NONE);
    object.put("pods_stopped", instance.drain() == Drain.PODS_STOPPED);
    ObjectNode labels = object.putObject("labels");
    instance.labels().forEach(labels::put);
    Instance.Credential credential = instance.credential();
    object
        .putObject("credential")
        .put("issued_at", Times.text(credential.issuedAt()))
        .put("expires_at", Times.text(credential.expiresAt()))
        .put("renewing", credential.renewing());
    instance
        .facts()
        .ifPresentOrElse(
            facts -> object.set("facts", PodJson.toTree(facts)), () -> object.putNull("facts"));
    return object;
  }
}
