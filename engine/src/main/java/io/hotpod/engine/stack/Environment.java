package io.hotpod.engine.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The values given beside a template.
 *
 * @param parameters values for the template's parameters; a name that the template lacks is refused
 * @param parameterDefaults used for parameters that nobody set; other names are ignored
 */
public record Environment(
    Map<String, JsonNode> parameters, Map<String, JsonNode> parameterDefaults) {
  public static final Environment EMPTY = new Environment(Map.of(), Map.of());

  public Environment {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameterDefaults =
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameterDefaults));
  }
}
