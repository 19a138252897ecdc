package io.hotpod.cli.progress;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A resource as the API lists it.
 *
 * @param type such as {@code OS::Kubernetes::PodDeployment}
 * @param requiredBy names of the resources that need this one
 */
record ResourceView(
    String name, String type, String status, String reason, List<String> requiredBy) {
  ResourceView {
    requiredBy = List.copyOf(requiredBy);
  }

  static ResourceView of(JsonNode resource) {
    List<String> requiredBy = new ArrayList<>();
    resource.path("required_by").forEach(name -> requiredBy.add(name.asString("")));
    return new ResourceView(
        resource.path("resource_name").asString(""),
        resource.path("resource_type").asString(""),
        resource.path("resource_status").asString(""),
        resource.path("resource_status_reason").asString(""),
        requiredBy);
  }
}
