package io.hotpod.server.heat;

import io.hotpod.document.RepeatedKeys;
import io.hotpod.server.http.Json;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.MappedType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a template and of those that it uses as types, as Heat's validate call shows
 * them. Use once, for templates that were found to be sound.
 */
final class NestedParameters {
  /** More would not be read; a tree that doubles at each level ends here. */
  private static final int MOST_TEMPLATES = 1000;

  private final Map<String, String> files;

  /**
   * Those around the one that is looked at: a template may name itself where a condition is false.
   */
  private final Set<String> open = new HashSet<>();

  private int templates;

  /**
   * @param files of the request, which hold the templates by the names that types give them
   */
  NestedParameters(Map<String, String> files) {
    this.files = Map.copyOf(files);
  }

  /** What a template takes by itself. */
  static ObjectNode own(Template template, Environment environment) {
    ObjectNode body = Json.object();
    body.put("Description", template.description());
    ObjectNode parameters = body.putObject("Parameters");
    Map<String, JsonNode> values = environment.valuesFor(template);
    template
        .parameters()
        .forEach(
            (name, parameter) -> parameters.set(name, ParameterJson.validated(parameter, values)));
    if (!template.parameterGroups().isEmpty()) {
      ArrayNode groups = body.putArray("ParameterGroups");
      template.parameterGroups().forEach(group -> groups.add(ParameterJson.group(group)));
    }
    return body;
  }

  /** What the templates take that stand for resources of a template, by the resource. */
  ObjectNode of(Template template, Environment environment) {
    ObjectNode nested = Json.object();
    for (ResourceDefinition resource : template.resources().values()) {
      inside(resource, environment).ifPresent(body -> nested.set(resource.name(), body));
    }
    return nested;
  }

  private Optional<ObjectNode> inside(ResourceDefinition resource, Environment environment) {
    Optional<MappedType.Nested> found =
        environment
            .registry()
            .resolve(resource.type(), resource.name(), type -> !MappedType.isTemplate(type))
            .filter(MappedType.Nested.class::isInstance)
            .map(MappedType.Nested.class::cast)
            .filter(mapped -> files.containsKey(mapped.template()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MappedType.Nested mapped = found.orElseThrow();
    String file = mapped.template();
    if (templates >= MOST_TEMPLATES || !open.add(file)) {
      return Optional.empty();
    }
    templates++;
    try {
      Template template =
          Template.parse(
              new TemplateSource(file, files.getOrDefault(file, ""), files),
              RepeatedKeys.LAST_COUNTS);
      Environment within = environment.within(resource.name(), mapped, Map.of());
      ObjectNode body = own(template, within);
      body.put("Type", resource.type());
      ObjectNode deeper = of(template, within);
      if (!deeper.isEmpty()) {
        body.set("NestedParameters", deeper);
      }
      return Optional.of(body);
    } finally {
      open.remove(file);
    }
  }
}
