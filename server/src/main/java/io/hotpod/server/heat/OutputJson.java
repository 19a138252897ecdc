package io.hotpod.server.heat;

import io.hotpod.engine.stack.Output;
import io.hotpod.server.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** An output of a stack as Heat's API shows it. */
final class OutputJson {
  private OutputJson() {}

  /** Without the value, as in lists. */
  static ObjectNode item(Output output) {
    return Json.object().put("output_key", output.key()).put("description", output.description());
  }

  static ObjectNode full(Output output) {
    ObjectNode object = item(output);
    object.set("output_value", output.value());
    output.error().ifPresent(error -> object.put("output_error", error));
    return object;
  }
}
