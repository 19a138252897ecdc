package io.hotpod.template;

import java.util.List;

/** Parameters that belong together in a form, in the order in which to ask for them. */
public record ParameterGroup(String label, String description, List<String> parameters) {
  public ParameterGroup {
    parameters = List.copyOf(parameters);
  }
}
