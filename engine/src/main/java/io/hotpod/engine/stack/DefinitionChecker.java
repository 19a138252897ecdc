package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.template.ResolvedProperties;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceView;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.analysis.UndecidedValues;
import io.hotpod.template.schema.PropertyReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Checks the resources of a template against their types before anything is accepted. */
public final class DefinitionChecker {
  private final ResourceTypes types;

  public DefinitionChecker(ResourceTypes types) {
    this.types = types;
  }

  /**
   * Refuses what can be seen to be wrong without creating anything.
   *
   * @throws DocumentException with every problem
   */
  public void check(TemplateInstance template) {
    List<Problem> problems = problems(template);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
  }

  /**
   * Finds every problem that can be found without creating anything. What hangs on parameters that
   * are not decided yet is taken on trust.
   */
  public List<Problem> problems(TemplateInstance template) {
    UndecidedValues undecided = new UndecidedValues(template.parameters().undecided());
    List<Problem> problems = new ArrayList<>();
    for (ResourceDefinition resource : template.resources().values()) {
      problems.addAll(UnsupportedKeys.in(template, resource));
      Set<Location> trusted = undecided.places(resource);
      problems(template, resource, undecided.properties(resource)).stream()
          .filter(problem -> problem.location().stream().noneMatch(trusted::contains))
          .forEach(problems::add);
    }
    return problems;
  }

  private List<Problem> problems(
      TemplateInstance template, ResourceDefinition resource, Set<String> undecided) {
    String path = "resources." + resource.name();
    Optional<ResourceType> type = types.find(resource.type());
    if (type.isEmpty()) {
      return List.of(
          new Problem(
              resource.location(),
              path,
              "The Resource Type (%s) could not be found.".formatted(resource.type()),
              types.nearest(resource.type()).map(nearest -> "did you mean " + nearest + "?")));
    }
    ResolvedProperties resolved;
    try {
      resolved = template.properties(resource.name(), ResourceView.NOTHING);
    } catch (DocumentException e) {
      return e.problems();
    }
    ObjectNode known = resolved.known();
    if (!undecided.isEmpty()) {
      known = known.deepCopy().remove(undecided);
    }
    Set<String> unknown = new LinkedHashSet<>(resolved.unknown().keySet());
    unknown.addAll(undecided);
    PropertyReader reader =
        new PropertyReader(
            type.get().schema(), path, inside -> template.locate(resource.name(), inside));
    ObjectNode properties = reader.read(known, unknown);
    if (!reader.problems().isEmpty()) {
      return reader.problems();
    }
    return type.get()
        .validate(properties, unknown, path, inside -> template.locate(resource.name(), inside));
  }
}
