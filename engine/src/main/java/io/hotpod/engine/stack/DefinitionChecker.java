package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.template.ResolvedProperties;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceView;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.schema.PropertyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Checks the resources of a template against their types before anything is accepted. */
public final class DefinitionChecker {
  private final ResourceTypes types;

  public DefinitionChecker(ResourceTypes types) {
    this.types = types;
  }

  /**
   * Finds every problem that can be found without creating anything.
   *
   * @throws DocumentException when there is any
   */
  public void check(TemplateInstance template) {
    List<Problem> problems = new ArrayList<>();
    template.resources().values().forEach(resource -> check(template, resource, problems));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
  }

  private void check(
      TemplateInstance template, ResourceDefinition resource, List<Problem> problems) {
    String path = "resources." + resource.name();
    Optional<ResourceType> type = types.find(resource.type());
    if (type.isEmpty()) {
      problems.add(
          new Problem(
              resource.location(),
              path,
              "The Resource Type (%s) could not be found.".formatted(resource.type()),
              types.nearest(resource.type()).map(nearest -> "did you mean " + nearest + "?")));
      return;
    }
    ResolvedProperties resolved;
    try {
      resolved = template.properties(resource.name(), ResourceView.NOTHING);
    } catch (DocumentException e) {
      problems.addAll(e.problems());
      return;
    }
    PropertyReader reader =
        new PropertyReader(
            type.get().schema(), path, inside -> template.locate(resource.name(), inside));
    ObjectNode properties = reader.read(resolved.known(), resolved.unknown().keySet());
    if (!reader.problems().isEmpty()) {
      problems.addAll(reader.problems());
      return;
    }
    problems.addAll(
        type.get()
            .validate(
                properties,
                resolved.unknown().keySet(),
                path,
                inside -> template.locate(resource.name(), inside)));
  }
}
