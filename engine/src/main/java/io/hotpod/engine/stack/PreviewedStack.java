package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stack would show of itself that is not there.
 *
 * @param description of the template; may be empty
 * @param parameters as text, the way Heat shows them; hidden ones masked
 */
public record PreviewedStack(String description, Map<String, String> parameters) {
  public PreviewedStack {
    requireNonNull(description, "description is null");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
