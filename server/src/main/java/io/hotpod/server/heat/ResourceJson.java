package io.hotpod.server.heat;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.server.http.Json;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A resource as Heat's API shows it. */
final class ResourceJson {
  private ResourceJson() {}

  /** As in lists. */
  static ObjectNode item(ResourceRecord resource, Set<String> requiredBy, Links links) {
    ObjectNode object = names(resource.name(), resource.type());
    object.put("physical_resource_id", resource.physicalId().orElse(""));
    object.put("resource_status", resource.combinedStatus());
    object.put("resource_status_reason", resource.statusReason());
    object.put("creation_time", Times.text(resource.createdAt()));
    object.put("updated_time", Times.text(resource.updatedAt()));
    object.set("required_by", Json.strings(new TreeSet<>(requiredBy)));
    object
        .putArray("links")
        .add(Links.link("self", links.resource(resource.name())))
        .add(Links.link("stack", links.stackUri()));
    return object;
  }

  /** Adds what is shown of one resource, and in lists on request. */
  static void addDetail(ObjectNode item, String description, JsonNode attributes) {
    item.put("description", description).set("attributes", attributes);
  }

  /** The names of a resource that may not exist yet. */
  static ObjectNode names(String name, String type) {
    return Json.object()
        .put("resource_name", name)
        .put("logical_resource_id", name)
        .put("resource_type", type);
  }
}
