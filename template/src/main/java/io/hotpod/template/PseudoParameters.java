package io.hotpod.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters that every template has without declaring them. */
public record PseudoParameters(String stackId, String stackName, String projectId) {
  Map<String, String> byName() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("OS::stack_id", stackId);
    values.put("OS::stack_name", stackName);
    values.put("OS::project_id", projectId);
    return values;
  }
}
