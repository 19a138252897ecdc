package io.hotpod.cli.stack;

import tools.jackson.databind.JsonNode;

/** An output as people read it. Pure. */
final class OutputValue {
  private OutputValue() {}

  /** The value; JSON for what is not plain text; the error when there is one. */
  static String of(JsonNode output) {
    String error = output.path("output_error").asString("");
    if (!error.isEmpty()) {
      return "error: " + error;
    }
    JsonNode value = output.path("output_value");
    return value.isString() ? value.stringValue() : value.isNull() ? "" : value.toString();
  }
}
