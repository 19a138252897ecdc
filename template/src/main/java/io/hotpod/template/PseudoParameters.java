package io.hotpod.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters that every template has without declaring them. */
public record PseudoParameters(String stackId, String stackName, String projectId) {
  static final Set<String> NAMES = Set.of("OS::stack_id", "OS::stack_name", "OS::project_id");

  Map<String, String> byName() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("OS::stack_id", stackId);
    values.put("OS::stack_name", stackName);
    values.put("OS::project_id", projectId);
    return values;
  }
}
