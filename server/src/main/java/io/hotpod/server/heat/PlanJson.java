package io.hotpod.server.heat;

import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.server.http.Json;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan; what Heat's previews cannot say. */
final class PlanJson {
  private PlanJson() {}

  static ArrayNode steps(Plan plan) {
    ArrayNode list = Json.array();
    plan.steps().forEach(step -> list.add(step(step)));
    return list;
  }

  private static ObjectNode step(PlannedStep step) {
    ObjectNode object = Json.object();
    object.put("resource", step.resource()).put("type", step.type());
    object.put("action", step.kind().name());
    object.set("reasons", Json.strings(step.reasons()));
    object.put("restarts_pod", step.restartsPod()).put("certain", step.certain());
    object.set("after", Json.strings(new TreeSet<>(step.after())));
    if (!step.nested().isEmpty()) {
      object.set("nested", steps(new Plan(step.nested())));
    }
    return object;
  }
}
