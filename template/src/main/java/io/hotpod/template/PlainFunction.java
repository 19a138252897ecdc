package io.hotpod.template;

import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A function whose value depends on its argument alone.
 *
 * @param shape what its argument must look like
 * @param body works it out once the argument has that shape
 */
record PlainFunction(ArgumentShape shape, Body body) {
  /**
   * What a body may know of the call.
   *
   * @param keyword of the function, for messages
   * @param charge is told how many characters are made, and throws when it is too much
   * @param work counts what else is done
   */
  record Call(String keyword, TemplateVersion version, LongConsumer charge, WorkBudget work) {}

  /** The work of a function. */
  @FunctionalInterface
  interface Body {
    /**
     * The value.
     *
     * @param argument not to be changed; the value may share parts with it
     */
    JsonNode apply(JsonNode argument, Call call) throws FunctionException;
  }

  JsonNode apply(JsonNode argument, Call call) throws FunctionException {
    shape.check(argument);
    return body.apply(argument, call);
  }
}
