package io.hotpod.engine.store;

import io.hotpod.pod.PodJson;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.ResourceFacade;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a template may read of its resource, as text. */
final class FacadeColumn {
  private FacadeColumn() {}

  static String write(ResourceFacade facade) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("metadata", facade.metadata());
    object.put("deletion_policy", facade.deletionPolicy().name());
    object.set("update_policy", facade.updatePolicy());
    return object.toString();
  }

  static ResourceFacade read(String text) {
    ObjectNode object = PodJson.read(text, ObjectNode.class);
    return new ResourceFacade(
        object.required("metadata"),
        DeletionPolicy.valueOf(object.required("deletion_policy").stringValue()),
        object.required("update_policy"));
  }
}
