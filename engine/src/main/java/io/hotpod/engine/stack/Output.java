package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An output of a stack.
 *
 * @param value JSON null while it is not known
 * @param error why the value cannot be worked out
 */
public record Output(String key, String description, JsonNode value, Optional<String> error) {
  public Output {
    requireNonNull(key, "key is null");
    requireNonNull(description, "description is null");
    requireNonNull(value, "value is null");
    requireNonNull(error, "error is null");
  }
}
