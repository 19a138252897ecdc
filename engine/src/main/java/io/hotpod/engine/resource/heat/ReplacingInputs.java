package io.hotpod.engine.resource.heat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The inputs of which a change makes another deployment. Pure. */
final class ReplacingInputs {
  private ReplacingInputs() {}

  /**
   * What changed of them, for people.
   *
   * @param inputsBefore declarations
   * @param before properties of the deployment
   */
  static List<String> changed(
      JsonNode inputsBefore, ObjectNode before, JsonNode inputsAfter, ObjectNode after) {
    List<String> changed = new ArrayList<>();
    for (JsonNode input : inputsAfter) {
      String name = input.path("name").asString("");
      if (input.path("replace_on_change").asBoolean(false)
          && !value(inputsBefore, before, name).equals(value(inputsAfter, after, name))) {
        changed.add("input " + name + " changed");
      }
    }
    return changed;
  }

  private static JsonNode value(JsonNode inputs, ObjectNode properties, String name) {
    JsonNode given = properties.path(DeploymentProperties.INPUT_VALUES).path(name);
    if (!given.isMissingNode()) {
      return given;
    }
    for (JsonNode input : inputs) {
      if (input.path("name").asString("").equals(name)) {
        return input.path("default");
      }
    }
    return given;
  }
}
