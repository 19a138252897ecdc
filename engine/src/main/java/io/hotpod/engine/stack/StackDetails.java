package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A stack with what is worked out from its template.
 *
 * @param parameters as text, the way Heat shows them; hidden ones masked
 * @param outputs empty when they were not asked for, or the stack is deleted
 */
public record StackDetails(Stack stack, Map<String, String> parameters, List<Output> outputs) {
  public StackDetails {
    requireNonNull(stack, "stack is null");
    parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
    outputs = List.copyOf(outputs);
  }
}
