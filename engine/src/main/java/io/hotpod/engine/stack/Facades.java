package io.hotpod.engine.stack;

import io.hotpod.template.Resolution;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.TemplateInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the stack inside a resource may read of the resource. Pure. */
public final class Facades {
  private Facades() {}

  /**
   * The parts of a resource; those that are not known yet are empty maps.
   *
   * @throws io.hotpod.document.DocumentException when a function in them cannot work with what it
   *     is given
   */
  public static ResourceFacade of(TemplateInstance template, String resource, ResourceView view) {
    return new ResourceFacade(
        known(template.metadata(resource, view)),
        template.deletionPolicy(resource),
        known(template.updatePolicy(resource, view)));
  }

  private static JsonNode known(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Known known -> known.value();
      case Resolution.Unknown _ -> JsonNodeFactory.instance.objectNode();
    };
  }
}
