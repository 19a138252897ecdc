package io.hotpod.template;

import tools.jackson.databind.JsonNode;

/** {@code yaql}: the result of an expression over data. */
final class YaqlFunction {
  private YaqlFunction() {}

  static JsonNode evaluate(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    if (!argument.path("expression").isString()) {
      throw new FunctionException("The \"expression\" argument to yaql must contain a string.");
    }
    throw new FunctionException("yaql is not supported yet");
  }
}
