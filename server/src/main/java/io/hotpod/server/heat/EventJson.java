package io.hotpod.server.heat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.server.http.Json;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An event as Heat's API shows it. */
final class EventJson {
  private EventJson() {}

  /**
   * As in lists.
   *
   * @param links of the stack that the event is of
   * @param root the stack at the top, by which clients see that nested events were asked for
   */
  static ObjectNode item(Event event, Links links, Optional<String> root) {
    ObjectNode object = Json.object();
    object.put("id", event.id()).put("event_time", Times.text(event.time()));
    ArrayNode list = object.putArray("links");
    list.add(Links.link("self", links.event(event.resourceName(), event.id())));
    list.add(Links.link("resource", links.resource(event.resourceName())));
    list.add(Links.link("stack", links.stackUri()));
    root.ifPresent(uri -> list.add(Links.link("root_stack", uri)));
    object.put("resource_name", event.resourceName());
    object.put("logical_resource_id", event.resourceName());
    object.put("resource_status", event.action() + "_" + event.status());
    object.put("resource_status_reason", event.reason());
    object.put("physical_resource_id", event.physicalId());
    return object;
  }

  static ObjectNode full(EventDetails details, Links links) {
    ObjectNode object = item(details.event(), links, Optional.empty());
    object.put("resource_type", details.event().resourceType());
    object.set("resource_properties", details.properties());
    return object;
  }
}
