package io.hotpod.engine.config;

import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Status;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a machine said of a deployment, by Heat's rules.
 *
 * @param event in Heat's words, without any output
 */
record DeploymentOutcome(
    Status status, String statusReason, ObjectNode outputValues, String event) {
  private static final String STATUS_CODE = "deploy_status_code";
  private static final List<String> ALWAYS = List.of("deploy_stdout", "deploy_stderr", STATUS_CODE);

  /**
   * Judges a signal: a status code other than zero, or a value of an output that is declared as
   * error output, is a failure.
   *
   * @param outputs as the config declares them
   */
  static DeploymentOutcome of(String deploymentId, ArrayNode outputs, ObjectNode details) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    List<String> reasons = new ArrayList<>();
    String event = "deployment %s succeeded".formatted(deploymentId);
    JsonNode code = details.path(STATUS_CODE);
    if (isFailure(code)) {
      reasons.add(STATUS_CODE + " : Deployment exited with non-zero status code: " + text(code));
      event = "deployment %s failed (%s)".formatted(deploymentId, text(code));
    }
    for (JsonNode output : outputs) {
      String name = output.path("name").asString("");
      if (details.has(name)) {
        values.set(name, details.path(name));
        if (output.path("error_output").asBoolean(false)) {
          String said =
              ConfigSchemas.isHidden(output) ? Redaction.HIDDEN : text(details.path(name));
          reasons.add(name + " : " + said);
          event = "deployment %s failed".formatted(deploymentId);
        }
      }
    }
    for (String name : ALWAYS) {
      values.set(
          name, details.has(name) ? details.path(name) : JsonNodeFactory.instance.nullNode());
    }
    return reasons.isEmpty()
        ? new DeploymentOutcome(Status.COMPLETE, "Outputs received", values, event)
        : new DeploymentOutcome(Status.FAILED, String.join(", ", reasons), values, event);
  }

  private static boolean isFailure(JsonNode code) {
    return !code.isMissingNode()
        && !code.isNull()
        && !text(code).isEmpty()
        && !text(code).equals("0")
        && !text(code).equals("false");
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asString("") : value.toString();
  }
}
